import type { SensorKey } from '../../../readings/measurement.js'
import type { Picture } from '../../picture.js'
import type { Row } from '../../rows/style.js'
import type { ViewKey } from '../view.js'

/** A widget about one sensor: always the same one, or (null) whichever is selected. */
export interface PinnedSensor {
  readonly sensor: SensorKey | null
}

export const FIRST_PINNED: PinnedSensor = { sensor: null }
const LONGEST_KEY = 1000

export const PIN_KEYS: readonly ViewKey<PinnedSensor>[] = [
  {
    press: ['p'],
    shown: 'p',
    does: 'stay with this sensor, whatever is selected, and follow the selection again',
    hint: 'pin',
    act: (state, { picture }) => ({ state: { sensor: state.sensor === null ? picture.screen.selected : null } }),
  },
]

export function restorePinned(saved: unknown): PinnedSensor {
  const sensor = (saved as { readonly sensor?: unknown } | null)?.sensor
  return { sensor: typeof sensor === 'string' && sensor.length <= LONGEST_KEY ? sensor : null }
}

/** The sensor's row in `live`, or why there is none to show. */
export function pinnedRow({ live, screen }: Picture, { sensor }: PinnedSensor): number | Row {
  const key = sensor ?? screen.selected
  if (key === null) return [{ text: '  no sensor is selected', style: { colour: 'grey' } }]
  return live.indexOf.get(key) ?? [{ text: '  the pinned sensor is not in this run; p follows the selection', style: { colour: 'yellow' } }]
}

/** Name of the sensor for the heading, and whether it stays. */
export function pinnedHeading({ live }: Picture, row: number, { sensor }: PinnedSensor): Row {
  return [
    { text: live.names[row] ?? '', style: { weight: 'bold' } },
    { text: sensor === null ? '' : '  pinned', style: { colour: 'grey' } },
  ]
}
