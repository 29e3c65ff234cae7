import { basename } from 'node:path'
import type { VibrationInput } from '../analysis/vibration/assessment.js'
import { Fault } from '../faults/fault.js'
import { openWaveformFile } from './open-waveform-file.js'
import { unreadable } from './unreadable.js'
import type { WaveformFile } from './waveform-file.js'

/** 2^25 samples: 22 minutes at 25.6 kHz. A verdict needs seconds. */
const MAX_SAMPLES = 2 ** 25
const NO_CHANNEL = { name: '', frames: 0, sampleRateHz: null, unit: null }

/** One channel of a file with all that the file says of it. @throws Fault WAVEFORM_FILE_UNREADABLE, WAVEFORM_CHANNEL_UNKNOWN. */
export async function vibrationFromFile(
  path: string,
  channelName: string | undefined,
  statedRateHz: number | undefined = undefined,
): Promise<VibrationInput> {
  await using file = await openWaveformFile(path)
  const channel = channelIndex(file, channelName)
  const { name, frames, sampleRateHz: ownRateHz, unit } = file.channels[channel] ?? NO_CHANNEL
  if (frames === 0) throw unreadable(path, 'it holds no samples')
  const sampleRateHz = statedRateHz ?? ownRateHz
  if (sampleRateHz === null) throw rateMissing(path)
  const samples = await file.read({ channel, from: 0, count: MAX_SAMPLES })
  const { shaftSpeedRpm, bearing } = file
  const cut =
    frames > MAX_SAMPLES
      ? [`only the first ${(MAX_SAMPLES / sampleRateHz).toFixed(0)} s of ${(frames / sampleRateHz).toFixed(0)} s were looked at`]
      : []
  return {
    file: basename(path),
    channel: name,
    samples,
    sampleRateHz,
    unit,
    shaftSpeedRpm,
    bearing,
    machine: null,
    notes: [...file.notes, ...cut],
  }
}

function channelIndex({ path, channels }: WaveformFile, name: string | undefined): number {
  if (name === undefined && channels.length === 1) return 0
  const index = name === undefined ? -1 : channels.findIndex((channel) => channel.name === name)
  if (index >= 0) return index
  throw new Fault('WAVEFORM_CHANNEL_UNKNOWN', {
    message: name === undefined ? `${path} has ${channels.length} channels; say which` : `${path} has no channel ${name}`,
    because: `it has ${channels
      .slice(0, 8)
      .map((channel) => channel.name)
      .join(', ')}`,
    advice: { target: path, example: channels[0]?.name ?? '' },
  })
}

function rateMissing(path: string): Fault {
  return new Fault('WAVEFORM_RATE_MISSING', {
    message: `${path} does not say how many samples a second it holds`,
    where: { file: path },
    because: 'a spectrum without it has no frequencies',
    advice: { target: path },
  })
}
