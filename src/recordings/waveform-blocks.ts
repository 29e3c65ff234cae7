import type { DuckDBDataChunk } from '@duckdb/node-api'
import type { SensorKey } from '../readings/measurement.js'
import type { EpochMicros } from '../readings/time.js'
import { openDuckdb } from './duckdb-session.js'
import type { BlockOutline, WaveformBlock } from './join-blocks.js'
import type { RecordingView } from './open-recording.js'
import { waveformsSql } from './recording-tables.js'
import { betweenSql, sqlText } from './sql-text.js'
import { unreadablePart } from './unreadable-part.js'

const MEMORY_LIMIT_MB = 2048

export interface WaveformRange {
  readonly sensor: SensorKey
  readonly from?: EpochMicros
  readonly to?: EpochMicros
}

/**
 * The waveform blocks of a sensor in time order, those of one chunk at a time.
 * @throws Fault RECORDING_UNREADABLE where a part is damaged; what whoever takes them throws is not touched.
 */
export async function* waveformBlocks(view: RecordingView, range: WaveformRange): AsyncGenerator<readonly WaveformBlock[]> {
  const { listsOf } = await import('./chunk-reader.js')
  const Samples = view.parts.some((part) => part.table === 'waveforms64') ? Float64Array : Float32Array
  yield* blocksWith(view, range, { select: 'samples', samplesOf: (chunk) => listsOf(chunk, SAMPLES_COLUMN, Samples) })
}

/** The same without reading a sample. */
export async function* waveformOutlines(view: RecordingView, range: WaveformRange): AsyncGenerator<readonly BlockOutline[]> {
  const { doublesOf } = await import('./chunk-reader.js')
  const lengthsOf = (chunk: DuckDBDataChunk) => Array.from(doublesOf(chunk, SAMPLES_COLUMN), (length) => ({ length }))
  yield* blocksWith(view, range, { select: 'sample_count::DOUBLE', samplesOf: lengthsOf })
}

const SAMPLES_COLUMN = 5

async function* blocksWith<T extends { readonly length: number }>(
  view: RecordingView,
  range: WaveformRange,
  { select, samplesOf }: { readonly select: string; readonly samplesOf: (chunk: DuckDBDataChunk) => readonly T[] },
): AsyncGenerator<readonly (BlockOutline & { readonly samples: T })[]> {
  const session = await openDuckdb({ memoryLimitMb: MEMORY_LIMIT_MB })
  try {
    const { bytesOf, doublesOf, integersOf } = await import('./chunk-reader.js')
    const result = await session.connection.stream(
      `SELECT time, sample_rate_hz, coalesce(sequence, -1), fragment::DOUBLE, quality, ${select} FROM ${waveformsSql(view)}
       WHERE sensor = ${sqlText(range.sensor)} ${betweenSql(range)} ORDER BY time, fragment`,
    )
    for await (const chunk of result) {
      const [time, rate, sequence] = [integersOf(chunk, 0), doublesOf(chunk, 1), integersOf(chunk, 2)]
      const [fragment, quality] = [doublesOf(chunk, 3), bytesOf(chunk, 4)]
      yield samplesOf(chunk).map((samples, row) => {
        const number = sequence[row] ?? -1
        return {
          startedAt: time[row] ?? 0,
          sampleRateHz: rate[row] ?? 0,
          sequence: number < 0 ? null : number,
          fragment: fragment[row] ?? 0,
          quality: quality[row] ?? 0,
          samples,
        }
      })
    }
  } catch (thrown) {
    throw await unreadablePart(view, thrown)
  } finally {
    session.close()
  }
}
