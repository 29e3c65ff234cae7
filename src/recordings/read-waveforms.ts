import { Fault } from '../faults/fault.js'
import type { SensorKey } from '../readings/measurement.js'
import type { EpochMicros } from '../readings/time.js'
import { openDuckdb } from './duckdb-session.js'
import { joinBlocks, type WaveformBlock, type WaveformStretch } from './join-blocks.js'
import type { RecordingView } from './open-recording.js'
import { readRecording } from './read-recording.js'
import { type RecordedSensor, recordedSensor } from './recorded-sensor.js'
import { tableSql } from './recording-tables.js'
import { unreadablePart } from './unreadable-part.js'
import { type WaveformRange, waveformBlocks } from './waveform-blocks.js'

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

async function readFrom(view: RecordingView, options: WaveformRange & { readonly maxSamples?: number }): Promise<RecordedWaveforms> {
  const { maxSamples = DEFAULT_MAX_SAMPLES } = options
  const recorded = recordedSensor(view, options.sensor)
  const taken: WaveformBlock[] = []
  let total = 0
  for await (const blocks of waveformBlocks(view, options)) {
    for (const block of blocks) {
      total += block.samples.length
      if (total > maxSamples) throw tooMany(view.folder, maxSamples)
      taken.push(block)
    }
  }
  return { ...recorded, stretches: joinBlocks(taken) }
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
