import { describe, expect, it } from 'vitest'
import { sensorOrder } from '../../../../src/dashboard/views/sensors/sensor-lines.js'
import { FIRST_SENSORS } from '../../../../src/dashboard/views/sensors/sensors-state.js'
import { samplePicture } from '../../sample-picture.js'

const picture = samplePicture()
const shown = (filter: string): string[] =>
  sensorOrder(picture, { ...FIRST_SENSORS, filter }).map((row) => (picture.live.sensors[row]?.key ?? '').replace(/.*\//, ''))

describe('a filter of the table', () => {
  it.each([
    ['pump temp', ['drive-end-temperature']],
    ['unit:mm/s', ['drive-end-velocity']],
    ['quality:bad', ['flow']],
    ['quality:stale', ['level']],
    ['limits:L', ['drive-end-temperature', 'drive-end-velocity', 'level'].filter((name) => name === 'level')],
    ['value>50', ['drive-end-temperature', 'shaft-speed']],
    ['value>=65 value<100', ['drive-end-temperature']],
    ['age>5', ['level']],
    ['-pump', ['level']],
    ['asset:tank-3', ['level']],
    ['readings=0', ['flow', 'acceleration']],
    ['no-such-thing', []],
  ])('%s', (filter, names) => {
    expect(shown(filter)).toEqual(names)
  })

  it('hides nothing while half of it is typed', () => {
    expect(shown('value>')).toHaveLength(6)
    expect(shown('-')).toHaveLength(6)
  })
})
