import { basename } from 'node:path'
import type { VibrationInput } from '../analysis/vibration/assessment.js'
import { Fault } from '../faults/fault.js'
import { openWaveformFile } from './open-waveform-file.js'
import { takeStretches } from './take-stretches.js'
import { unreadable } from './unreadable.js'
import type { WaveformFile } from './waveform-file.js'

const NO_CHANNEL = { name: '', frames: 0, sampleRateHz: null, unit: null }

/** What somebody says of a file; it wins over what the file says. */
export interface StatedOfFile {
  readonly sampleRateHz?: number | undefined
  readonly unit?: string | undefined
  readonly timeColumn?: string | undefined
}

/** One channel of a file with all that the file says of it. @throws Fault WAVEFORM_FILE_UNREADABLE, WAVEFORM_CHANNEL_UNKNOWN, WAVEFORM_RATE_MISSING. */
export async function vibrationFromFile(path: string, channelName: string | undefined, stated: StatedOfFile = {}): Promise<VibrationInput> {
  await using file = await openWaveformFile(path, { timeColumn: stated.timeColumn })
  return await vibrationOfChannel(file, channelIndex(file, channelName), stated)
}

/** All channels of a file, one after the other. */
export async function* vibrationsFromFile(path: string, stated: StatedOfFile): AsyncGenerator<VibrationInput> {
  await using file = await openWaveformFile(path, { timeColumn: stated.timeColumn })
  for (const channel of file.channels.keys()) yield await vibrationOfChannel(file, channel, stated)
}

async function vibrationOfChannel(file: WaveformFile, channel: number, stated: StatedOfFile): Promise<VibrationInput> {
  const { path, shaftSpeedRpm, bearing } = file
  const { name, frames, sampleRateHz: ownRateHz, unit: ownUnit } = file.channels[channel] ?? NO_CHANNEL
  if (frames === 0) throw unreadable(path, 'it holds no samples')
  const sampleRateHz = stated.sampleRateHz ?? ownRateHz
  if (sampleRateHz === null) throw rateMissing(file)
  const unit = stated.unit ?? ownUnit
  const taken = await takeStretches(file, { channel, frames, sampleRateHz, unit })
  const notes = [...file.notes, ...taken.notes]
  return { file: basename(path), channel: name, ...taken, sampleRateHz, unit, shaftSpeedRpm, bearing, machine: null, notes }
}

export function channelIndex({ path, channels }: WaveformFile, name: string | undefined): number {
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

export function rateMissing({ path, notes }: WaveformFile): Fault {
  return new Fault('WAVEFORM_RATE_MISSING', {
    message: `${path} does not say how many samples a second it holds`,
    where: { file: path },
    because: notes.find((note) => note.startsWith('the times of')) ?? 'a spectrum without it has no frequencies',
    advice: { target: path },
  })
}
