import { expect, it } from 'vitest'
import { addSensor, emptyState } from '../../../src/dashboard/live/live-state.js'
import { reduceFreight } from '../../../src/dashboard/live/reduce.js'
import { plainRow } from '../../../src/dashboard/rows/style.js'
import type { ViewId } from '../../../src/dashboard/views/view-id.js'
import { batchOf } from '../../../src/readings/batch.js'
import { QUALITY } from '../../../src/readings/quality.js'
import { alone, pressed } from '../pressed.js'
import { START, samplePicture } from '../sample-picture.js'

const KEYS = ['a/one', 'a/two']

function drawn(view: ViewId, lastQuality: number): string {
  const live = emptyState(START)
  for (const key of KEYS)
    addSensor(live, { key, address: 'modbus-tcp://10.0.0.1:502/1/holding/1', kind: 'other', unit: null, periodMs: 1000 })
  for (let second = 1; second <= 12; second++) {
    const at = START + second * 1e6
    const quality = second === 12 ? lastQuality : QUALITY['device-fault']
    for (const sensor of [0, 1])
      reduceFreight(
        live,
        batchOf(KEYS, at, [{ sensor, measuredAt: at, value: 5, quality: sensor === 1 ? QUALITY['device-fault'] : quality }]),
      )
  }
  const picture = samplePicture({
    live,
    moment: { now: START + 12.5e6, mode: 'live' },
    recording: null,
    screen: { ...alone(view), selected: 'a/one' },
  })
  return pressed(picture, [], { columns: 100, rows: 24 }).frame.rows.map(plainRow).join('\n')
}

it('a device whose every answer is bad is not shown as sound, and its answers are no readings', () => {
  const text = drawn('devices', QUALITY['device-fault'])
  expect(text).toMatch(/~ modbus-tcp:\/\/10.0.0.1:502[^\n]* 2 +0\.0 +24/)
  expect(text).toContain('devices 1  1 live, no good value')
  expect(text).not.toContain('●')
  expect(drawn('detail', QUALITY['device-fault'])).toContain('live, no good value, lost 0 times')
})

it('a device is sound again as soon as one of its sensors has a value', () => {
  const text = drawn('devices', QUALITY.good)
  expect(text).toContain('● modbus-tcp')
  expect(text).not.toContain('no good value')
})
