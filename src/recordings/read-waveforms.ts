import { Fault } from '../faults/fault.js'
import type { SensorKey } from '../readings/measurement.js'
import type { EpochMicros } from '../readings/time.js'
import { openDuckdb } from './duckdb-session.js'
import { joinBlocks, type WaveformBlock, type WaveformStretch } from './join-blocks.js'
import type { RecordingView } from './open-recording.js'
import { readRecording } from './read-recording.js'
import { type RecordedSensor, recordedSensor } from './recorded-sensor.js'
import { tableSql, waveformsSql } from './recording-tables.js'
import { betweenSql, sqlText } from './sql-text.js'
import { unreadablePart } from './unreadable-part.js'

export interface RecordedWaveforms extends RecordedSensor {
  /** In time order; empty where the sensor has no waveforms. */
  readonly stretches: readonly WaveformStretch[]
}

/** 64 M samples: 43 minutes at 25.6 kHz; 256 MB as float32. */
const DEFAULT_MAX_SAMPLES = 64 * 1024 * 1024

/**
 * The waveforms of one sensor as stretches without a hole. Blocks of bad quality break a stretch.
 *
 * @throws Fault RECORDING_SENSOR_UNKNOWN, RECORDING_UNREADABLE, FILE_NOT_FOUND; QUERY_LIMIT where it is more than `maxSamples`.
 */
export async function readWaveforms(options: {
  readonly folder: string
  readonly sensor: SensorKey
  readonly from?: EpochMicros
  readonly to?: EpochMicros
  readonly maxSamples?: number
}): Promise<RecordedWaveforms> {
  return await readRecording(options.folder, (view) => readFrom(view, options))
}

async function readFrom(
  view: RecordingView,
  options: { readonly sensor: SensorKey; readonly from?: EpochMicros; readonly to?: EpochMicros; readonly maxSamples?: number },
): Promise<RecordedWaveforms> {
  const { maxSamples = DEFAULT_MAX_SAMPLES } = options
  const recorded = recordedSensor(view, options.sensor)
  const session = await openDuckdb({ memoryLimitMb: 2048 })
  try {
    const { bytesOf, doublesOf, integersOf, listsOf } = await import('./chunk-reader.js')
    const exact = view.parts.some((part) => part.table === 'waveforms64')
    const result = await session.connection.stream(
      `SELECT time, sample_rate_hz, coalesce(sequence, -1), fragment::DOUBLE, quality, samples FROM ${waveformsSql(view)}
       WHERE sensor = ${sqlText(options.sensor)} ${betweenSql(options)} ORDER BY time, fragment`,
    )
    const blocks: WaveformBlock[] = []
    let total = 0
    for await (const chunk of result) {
      const columns = {
        time: integersOf(chunk, 0),
        rate: doublesOf(chunk, 1),
        sequence: integersOf(chunk, 2),
        fragment: doublesOf(chunk, 3),
      }
      const quality = bytesOf(chunk, 4)
      listsOf(chunk, 5, exact ? Float64Array : Float32Array).forEach((samples, row) => {
        total += samples.length
        if (total > maxSamples) throw tooMany(view.folder, maxSamples)
        blocks.push({
          startedAt: columns.time[row] ?? 0,
          sampleRateHz: columns.rate[row] ?? 0,
          sequence: (columns.sequence[row] ?? -1) < 0 ? null : (columns.sequence[row] ?? null),
          fragment: columns.fragment[row] ?? 0,
          quality: quality[row] ?? 0,
          samples,
        })
      })
    }
    return { ...recorded, stretches: joinBlocks(blocks) }
  } catch (thrown) {
    throw await unreadablePart(view, thrown)
  } finally {
    session.close()
  }
}

/** The sensors that have waveforms in a recording. */
export async function listWaveformSensors(folder: string): Promise<SensorKey[]> {
  return await readRecording(folder, waveformSensorsOf)
}

async function waveformSensorsOf(view: RecordingView): Promise<SensorKey[]> {
  const session = await openDuckdb({ memoryLimitMb: 512 })
  try {
    const sources = [tableSql(view, 'waveforms'), tableSql(view, 'waveforms64')]
    const result = await session.connection.runAndReadAll(
      `SELECT DISTINCT sensor FROM (${sources.map((source) => `SELECT sensor FROM ${source}`).join(' UNION ALL ')}) ORDER BY sensor`,
    )
    return result.getRows().map(([sensor]) => String(sensor))
  } catch (thrown) {
    throw await unreadablePart(view, thrown)
  } finally {
    session.close()
  }
}

function tooMany(folder: string, maxSamples: number): Fault {
  return new Fault('QUERY_LIMIT', {
    message: `the waveforms of ${folder} are more than fit into memory`,
    because: `there are more than ${maxSamples} samples; take a shorter time range`,
    advice: { folder },
  })
}
