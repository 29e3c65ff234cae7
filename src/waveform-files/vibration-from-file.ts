import { basename } from 'node:path'
import type { VibrationInput } from '../analysis/vibration/assessment.js'
import { Fault } from '../faults/fault.js'
import { openWaveformFile } from './open-waveform-file.js'
import { unreadable } from './unreadable.js'
import type { WaveformLayout } from './waveform-layout.js'

/** 2^25 samples: 22 minutes at 25.6 kHz. A verdict needs seconds. */
const MAX_SAMPLES = 2 ** 25

/** One channel of a file with all that the file says of it. @throws Fault WAVEFORM_FILE_UNREADABLE, WAVEFORM_CHANNEL_UNKNOWN. */
export async function vibrationFromFile(path: string, channelName: string | undefined): Promise<VibrationInput> {
  await using file = await openWaveformFile(path)
  const { layout } = file
  if (layout.frames === 0) throw unreadable(path, 'it holds no samples')
  const channel = channelIndex(layout, channelName)
  const samples = await file.read({ channel, from: 0, count: MAX_SAMPLES })
  const { sampleRateHz, unit, shaftSpeedRpm, bearing, frames } = layout
  const cut =
    frames > MAX_SAMPLES
      ? [`only the first ${(MAX_SAMPLES / sampleRateHz).toFixed(0)} s of ${(frames / sampleRateHz).toFixed(0)} s were looked at`]
      : []
  return {
    file: basename(path),
    channel: layout.channels[channel] ?? '',
    samples,
    sampleRateHz,
    unit,
    shaftSpeedRpm,
    bearing,
    machine: null,
    notes: [...layout.notes, ...cut],
  }
}

function channelIndex(layout: WaveformLayout, name: string | undefined): number {
  if (name === undefined && layout.channels.length === 1) return 0
  const index = name === undefined ? -1 : layout.channels.indexOf(name)
  if (index >= 0) return index
  throw new Fault('WAVEFORM_CHANNEL_UNKNOWN', {
    message:
      name === undefined ? `${layout.path} has ${layout.channels.length} channels; say which` : `${layout.path} has no channel ${name}`,
    because: `it has ${layout.channels.slice(0, 8).join(', ')}`,
    advice: { target: layout.path, example: layout.channels[0] ?? '' },
  })
}
