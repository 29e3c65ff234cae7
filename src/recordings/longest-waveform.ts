import type { SensorKey } from '../readings/measurement.js'
import { type StretchOutline, searchLongestStretch } from './longest-stretch.js'
import type { RecordingView } from './open-recording.js'
import { readRecording } from './read-recording.js'
import { type RecordedSensor, recordedSensor } from './recorded-sensor.js'
import { waveformOutlines } from './waveform-blocks.js'

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

async function findIn(
  view: RecordingView,
  { sensor, tailS }: { readonly sensor: SensorKey; readonly tailS: number },
): Promise<LongestWaveform> {
  const recorded = recordedSensor(view, sensor)
  const search = searchLongestStretch(tailS)
  for await (const blocks of waveformOutlines(view, { sensor })) for (const block of blocks) search.add(block)
  return { ...recorded, ...search.end() }
}
