import type { SensorKey } from '../readings/measurement.js'
import type { WaveformBlock } from './join-blocks.js'
import type { RecordingView } from './open-recording.js'
import { readRecording } from './read-recording.js'
import { type RecordedSensor, recordedSensor } from './recorded-sensor.js'
import { waveformBlocks } from './waveform-blocks.js'

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
  for await (const blocks of waveformBlocks(view, { sensor })) for (const block of blocks) fold.add(block)
  return fold.end()
}
