import type { DuckDBConnection } from '@duckdb/node-api'
import type { EpochMicros } from '../readings/time.js'
import type { RecordingView } from './open-recording.js'
import { readSlice, type SliceRows } from './read-slice.js'
import { touching } from './time-slices.js'

/** Most sensors spoke a moment ago; only for the rest it is worth looking further back. */
const LOOK_BACK_MICROS = [600e6, 7200e6, 86_400e6] as const

/**
 * What stood at a time: the last reading before it of each sensor, and the gaps that came after it, for whoever begins to look there. At most a day back,
 * as a plant is not asked about its whole past for a first picture.
 */
export async function readStanding(
  connection: DuckDBConnection,
  view: RecordingView,
  wanted: { readonly before: EpochMicros; readonly sensors: readonly string[] },
): Promise<readonly SliceRows[]> {
  const { before } = wanted
  const found: SliceRows[] = []
  let sensors = wanted.sensors
  let to = before
  for (const back of LOOK_BACK_MICROS) {
    const span = { from: before - back, to }
    const parts = touching(view.parts, span).filter(({ table }) => table === 'readings' || table === 'gaps')
    if (parts.length > 0) {
      const rows = await readSlice(connection, view, { slice: { ...span, parts }, sensors, rows: 'last-of-each' })
      found.unshift(rows)
      const answered = new Set(rows.readings.sensors)
      sensors = sensors.filter((sensor) => !answered.has(sensor))
    }
    if (sensors.length === 0) break
    to = span.from
  }
  return found
}
