import { describe, expect, it } from 'vitest'
import { acknowledge, alarmOf, shelve, shelvedAt, unshelve } from '../../../src/dashboard/live/attention.js'
import { EVENTS_KEPT, emptyState } from '../../../src/dashboard/live/live-state.js'
import { keepLog, LOG_KEPT, textWithFacts } from '../../../src/dashboard/live/log-ring.js'
import { reduceFreight } from '../../../src/dashboard/live/reduce.js'

const T0 = 1_800_000_000_000_000
const alert = (text: string) => ({ kind: 'event', at: T0, event: 'alert', severity: 'warning', text, sensors: ['a/velocity'] }) as const

describe('what people do about events', () => {
  it('holds for one event, and is forgotten with it', () => {
    const live = emptyState(T0)
    reduceFreight(live, alert('above 4.5'))
    reduceFreight(live, alert('above 7.1'))
    acknowledge(live.attention, live.events[0]?.number ?? -1, T0 + 1e6)
    expect(live.events.map(({ number }) => live.attention.acknowledged.get(number))).toEqual([T0 + 1e6, undefined])
    for (let count = 0; count < EVENTS_KEPT; count++) reduceFreight(live, alert('again'))
    expect(live.attention.acknowledged.size).toBe(0)
  })

  it('puts every occurrence of an alarm aside until its time is over', () => {
    const live = emptyState(T0)
    const alarm = alarmOf(alert('above 4.5'))
    shelve(live.attention, alarm, { at: T0, until: T0 + 60e6, reason: 'bearing is on order' })
    expect(shelvedAt(live.attention, alarmOf(alert('above 7.1')), T0 + 1e6)?.reason).toBe('bearing is on order')
    expect(shelvedAt(live.attention, alarm, T0 + 60e6)).toBeUndefined()
    unshelve(live.attention, alarm)
    expect(shelvedAt(live.attention, alarm, T0)).toBeUndefined()
  })

  it('keeps a bounded log, with the facts behind the words', () => {
    const live = emptyState(T0)
    for (let count = 0; count < LOG_KEPT + 10; count++) keepLog(live.log, { at: T0, level: 'note', text: `${count}` })
    expect(live.log).toHaveLength(LOG_KEPT)
    expect(live.log.at(-1)?.text).toBe(`${LOG_KEPT + 9}`)
    expect(textWithFacts('retrying', { host: 'h', attempt: 3 })).toBe('retrying host=h attempt=3')
  })
})
