import type { SensorKey } from '../readings/measurement.js'
import type { EpochMicros } from '../readings/time.js'
import { openDuckdb } from './duckdb-session.js'
import type { RecordingView } from './open-recording.js'
import { readRecording } from './read-recording.js'
import { type RecordedSensor, recordedSensor } from './recorded-sensor.js'
import { tableSql } from './recording-tables.js'
import { betweenSql, sqlText } from './sql-text.js'
import { unreadablePart } from './unreadable-part.js'

export interface RecordedSeries extends RecordedSensor {
  /** Shape (n,), seconds since 1970, ascending. */
  readonly time: Float64Array
  /** Shape (n,), finite, in the sensor's unit. */
  readonly value: Float64Array
}

/** The good readings of one sensor, in time order. @throws Fault RECORDING_SENSOR_UNKNOWN, RECORDING_UNREADABLE, FILE_NOT_FOUND. */
export async function readSeries(options: {
  readonly folder: string
  readonly sensor: SensorKey
  readonly from?: EpochMicros
  readonly to?: EpochMicros
}): Promise<RecordedSeries> {
  return await readRecording(options.folder, (view) => readFrom(view, options))
}

async function readFrom(
  view: RecordingView,
  options: { readonly sensor: SensorKey; readonly from?: EpochMicros; readonly to?: EpochMicros },
): Promise<RecordedSeries> {
  const recorded = recordedSensor(view, options.sensor)
  const session = await openDuckdb({ memoryLimitMb: 2048 })
  try {
    const { doublesOf } = await import('./chunk-reader.js')
    const result = await session.connection.stream(
      `SELECT epoch_us(time)::DOUBLE / 1e6, value FROM ${tableSql(view, 'readings')}
       WHERE sensor = ${sqlText(options.sensor)} AND quality = 0 AND isfinite(value) ${betweenSql(options)} ORDER BY time`,
    )
    const times: Float64Array[] = []
    const values: Float64Array[] = []
    for await (const chunk of result) {
      times.push(doublesOf(chunk, 0))
      values.push(doublesOf(chunk, 1))
    }
    return { ...recorded, time: joined(times), value: joined(values) }
  } catch (thrown) {
    throw await unreadablePart(view, thrown)
  } finally {
    session.close()
  }
}

function joined(pieces: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let offset = 0
  for (const piece of pieces) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
}
