import type { SensorKey } from '../readings/measurement.js'
import { openDuckdb } from './duckdb-session.js'
import { type StretchOutline, searchLongestStretch } from './longest-stretch.js'
import type { RecordingView } from './open-recording.js'
import { readRecording } from './read-recording.js'
import { type RecordedSensor, recordedSensor } from './recorded-sensor.js'
import { waveformsSql } from './recording-tables.js'
import { sqlText } from './sql-text.js'
import { unreadablePart } from './unreadable-part.js'

export interface LongestWaveform extends RecordedSensor {
  /** Null where the sensor has no waveforms. */
  readonly longest: StretchOutline | null
  /** How many unbroken stretches there are. */
  readonly stretches: number
}

/**
 * Where the longest unbroken waveform of a sensor lies, found from times and counts: a day at 25.6 kHz would not fit into memory.
 *
 * @param options.tailS  how much of its end is to be read afterwards, in seconds.
 * @throws Fault RECORDING_SENSOR_UNKNOWN, RECORDING_UNREADABLE, FILE_NOT_FOUND.
 */
export async function findLongestWaveform(options: {
  readonly folder: string
  readonly sensor: SensorKey
  readonly tailS: number
}): Promise<LongestWaveform> {
  return await readRecording(options.folder, (view) => findIn(view, options))
}

async function findIn(view: RecordingView, options: { readonly sensor: SensorKey; readonly tailS: number }): Promise<LongestWaveform> {
  const recorded = recordedSensor(view, options.sensor)
  const session = await openDuckdb({ memoryLimitMb: 2048 })
  try {
    const { bytesOf, doublesOf, integersOf } = await import('./chunk-reader.js')
    const result = await session.connection.stream(
      `SELECT time, sample_rate_hz, coalesce(sequence, -1), fragment::DOUBLE, quality, sample_count::DOUBLE FROM ${waveformsSql(view)}
       WHERE sensor = ${sqlText(options.sensor)} ORDER BY time, fragment`,
    )
    const search = searchLongestStretch(options.tailS)
    for await (const chunk of result) {
      const [time, rate, sequence] = [integersOf(chunk, 0), doublesOf(chunk, 1), integersOf(chunk, 2)]
      const [fragment, quality, length] = [doublesOf(chunk, 3), bytesOf(chunk, 4), doublesOf(chunk, 5)]
      for (let row = 0; row < chunk.rowCount; row++) {
        const number = sequence[row] ?? -1
        search.add({
          startedAt: time[row] ?? 0,
          sampleRateHz: rate[row] ?? 0,
          sequence: number < 0 ? null : number,
          fragment: fragment[row] ?? 0,
          quality: quality[row] ?? 0,
          samples: { length: length[row] ?? 0 },
        })
      }
    }
    return { ...recorded, ...search.end() }
  } catch (thrown) {
    throw await unreadablePart(view, thrown)
  } finally {
    session.close()
  }
}
