import { terminalSafe } from '../../../output/terminal-safe.js'
import { alarmOf, shelvedAt } from '../../live/attention.js'
import type { KeptEvent } from '../../live/live-state.js'
import type { Picture } from '../../picture.js'
import { clockText } from '../../rows/clock-text.js'
import type { Row } from '../../rows/style.js'
import { FIRST_CHOICE, LIST_STEPS, type ListChoice, moveChoice, restoreChoice, settleChoice } from '../list-choice.js'
import type { View, ViewKey } from '../view.js'
import { SEVERITY_SIGNS } from './event-signs.js'

/** The cursor is on the number of an event. */
type EventsState = ListChoice<number>

const newestFirst = ({ live }: Picture): readonly KeptEvent[] => live.events.toReversed()
const numbers = (picture: Picture): readonly number[] => newestFirst(picture).map(({ number }) => number)

/** What happened, the newest first. */
export const EVENTS: View<EventsState> = {
  id: 'events',
  title: 'events',
  about: 'what happened and what is wrong, the newest first',
  keys: [
    {
      press: ['a'],
      shown: 'a',
      does: 'acknowledge the event with the cursor',
      act: (state, { picture }) => {
        const event = state.cursor ?? picture.live.events.at(-1)?.number
        return event === undefined ? { state } : { state, action: { kind: 'acknowledge', event } }
      },
    },
    ...LIST_STEPS.map(({ press, shown, does, step }): ViewKey<EventsState> => {
      return { press, shown, does, act: (state, { picture, size }) => ({ state: moveChoice(state, numbers(picture), step(size.rows)) }) }
    }),
  ],
  first: () => FIRST_CHOICE,
  restore: restoreChoice,
  compose(picture, { state, size }) {
    const events = newestFirst(picture)
    const settled = settleChoice(state, numbers(picture), size.rows)
    const rows = events.slice(settled.top, settled.top + size.rows).map((event) => eventRow(event, picture, settled.cursor))
    const none: Row = [{ text: ' nothing happened yet', style: { colour: 'grey' } }]
    const open = events.filter(({ severity, number }) => severity !== 'note' && !picture.live.attention.acknowledged.has(number)).length
    return {
      state: settled,
      heading: open === 0 ? [] : [{ text: `${open} not acknowledged`, style: { colour: 'yellow' } }],
      rows: rows.length === 0 ? [none] : rows,
    }
  },
}

function eventRow(event: KeptEvent, { live, moment, utcOffsetMinutes }: Picture, cursor: number | null): Row {
  const { sign, style } = SEVERITY_SIGNS[event.severity]
  const [sensor] = event.sensors
  const isKnown = live.attention.acknowledged.has(event.number)
  const isShelved = shelvedAt(live.attention, alarmOf(event), moment.now) !== undefined
  const state = isShelved ? 'shelved ' : isKnown ? 'ack ' : ''
  return [
    { text: `${cursor === event.number ? '▸' : ' '}${clockText(event.at, utcOffsetMinutes)} `, style: { colour: 'grey' } },
    { text: `${sign} ${event.event} `, style: isKnown || isShelved ? { colour: 'grey' } : style },
    { text: state, style: { weight: 'bold' } },
    { text: terminalSafe(event.text, { maxWidth: 300 }) },
    { text: sensor === undefined ? '' : `  ${terminalSafe(sensor, { maxWidth: 60 })}`, style: { colour: 'grey' } },
  ]
}
