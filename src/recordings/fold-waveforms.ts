import type { SensorKey } from '../readings/measurement.js'
import { openDuckdb } from './duckdb-session.js'
import type { WaveformBlock } from './join-blocks.js'
import type { RecordingView } from './open-recording.js'
import { readRecording } from './read-recording.js'
import { type RecordedSensor, recordedSensor } from './recorded-sensor.js'
import { waveformsSql } from './recording-tables.js'
import { sqlText } from './sql-text.js'
import { unreadablePart } from './unreadable-part.js'

/** Takes blocks in time order and makes something of them. */
export interface WaveformFold<T> {
  add(block: WaveformBlock): void
  end(): T
}

/**
 * Goes through all waveforms of a sensor, of any length, block by block.
 *
 * @param options.begin  called again where the recording changed under the reader: it starts from nothing.
 * @throws Fault RECORDING_SENSOR_UNKNOWN, RECORDING_UNREADABLE, FILE_NOT_FOUND; what `add` throws.
 */
export async function foldWaveforms<T>(options: {
  readonly folder: string
  readonly sensor: SensorKey
  readonly begin: (recorded: RecordedSensor) => WaveformFold<T>
}): Promise<T> {
  return await readRecording(options.folder, (view) => foldIn(view, options))
}

async function foldIn<T>(
  view: RecordingView,
  { sensor, begin }: { readonly sensor: SensorKey; readonly begin: (recorded: RecordedSensor) => WaveformFold<T> },
): Promise<T> {
  const fold = begin(recordedSensor(view, sensor))
  const session = await openDuckdb({ memoryLimitMb: 2048 })
  try {
    const { bytesOf, doublesOf, integersOf, listsOf } = await import('./chunk-reader.js')
    const exact = view.parts.some((part) => part.table === 'waveforms64')
    const result = await session.connection.stream(
      `SELECT time, sample_rate_hz, coalesce(sequence, -1), fragment::DOUBLE, quality, samples FROM ${waveformsSql(view)}
       WHERE sensor = ${sqlText(sensor)} ORDER BY time, fragment`,
    )
    for await (const chunk of result) {
      const [time, rate, sequence] = [integersOf(chunk, 0), doublesOf(chunk, 1), integersOf(chunk, 2)]
      const [fragment, quality] = [doublesOf(chunk, 3), bytesOf(chunk, 4)]
      for (const [row, samples] of listsOf(chunk, 5, exact ? Float64Array : Float32Array).entries()) {
        const number = sequence[row] ?? -1
        fold.add({
          startedAt: time[row] ?? 0,
          sampleRateHz: rate[row] ?? 0,
          sequence: number < 0 ? null : number,
          fragment: fragment[row] ?? 0,
          quality: quality[row] ?? 0,
          samples,
        })
      }
    }
    return fold.end()
  } catch (thrown) {
    throw await unreadablePart(view, thrown)
  } finally {
    session.close()
  }
}
