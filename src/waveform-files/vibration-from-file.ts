import { basename } from 'node:path'
import type { VibrationInput, VibrationStretch } from '../analysis/vibration/assessment.js'
import { Fault } from '../faults/fault.js'
import { type ContextSaid, contextInFile, directionOf } from './channel-context.js'
import { channelIndex } from './channel-index.js'
import { openWaveformFile } from './open-waveform-file.js'
import { type Amount, takeStretches } from './take-stretches.js'
import { unreadable } from './unreadable.js'
import type { WaveformFile } from './waveform-file.js'

const NO_CHANNEL = { name: '', frames: 0, sampleRateHz: null, unit: null }

/** What somebody says of a file; it wins over what the file says. */
export interface StatedOfFile extends ContextSaid {
  readonly amount?: Amount | undefined
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
  const tacho = stated.tacho?.channel ?? file.tacho?.channel
  // The tacho’s pulses are no vibration.
  for (const [channel, { name }] of file.channels.entries()) if (name !== tacho) yield await vibrationOfChannel(file, channel, stated)
}

async function vibrationOfChannel(file: WaveformFile, channel: number, stated: StatedOfFile): Promise<VibrationInput> {
  const { path, shaftSpeedRpm, bearing } = file
  const { name, frames, sampleRateHz: ownRateHz, unit: ownUnit } = file.channels[channel] ?? NO_CHANNEL
  if (frames === 0) throw unreadable(path, 'it holds no samples')
  const sampleRateHz = stated.sampleRateHz ?? ownRateHz
  if (sampleRateHz === null) throw rateMissing(file)
  const unit = stated.unit ?? ownUnit
  const taken = await takeStretches(file, { channel, frames, sampleRateHz, unit, amount: stated.amount ?? 'stretches' })
  const stretches: (VibrationStretch & Pick<VibrationInput, 'reference'>)[] = []
  for (const [k, range] of taken.ranges.entries())
    stretches.push({ samples: taken.samples[k] ?? taken.samples[0], ...(await contextInFile(file, { channel, range, said: stated })) })
  const [first = { samples: taken.samples[0] }, ...others] = stretches
  return {
    file: basename(path),
    channel: name,
    ...first,
    ...(taken.levels === null ? {} : { whole: { levels: taken.levels, durationS: frames / sampleRateHz, others } }),
    sampleRateHz,
    unit,
    direction: directionOf(file, channel, stated, 'analysed'),
    shaftSpeedRpm,
    bearing,
    machine: null,
    notes: [...file.notes, ...contradictions({ ownRateHz, ownUnit }, stated), ...taken.notes],
  }
}

/** What was said wins; that the file says otherwise must not stay unseen. */
function contradictions(own: { readonly ownRateHz: number | null; readonly ownUnit: string | null }, stated: StatedOfFile): string[] {
  const { ownRateHz, ownUnit } = own
  const { sampleRateHz = ownRateHz, unit = ownUnit } = stated
  const isOtherRate = ownRateHz !== null && sampleRateHz !== null && Math.abs(sampleRateHz / ownRateHz - 1) > 1e-6
  return [
    ...(isOtherRate ? [`the file says ${ownRateHz} Hz; taken at the ${sampleRateHz} Hz that were stated`] : []),
    ...(ownUnit !== null && unit !== ownUnit ? [`the file says ${ownUnit}; taken as ${unit}, as stated`] : []),
  ]
}

export function rateMissing({ path, notes }: WaveformFile): Fault {
  return new Fault('WAVEFORM_RATE_MISSING', {
    message: `${path} does not say how many samples a second it holds`,
    where: { file: path },
    because: notes.find((note) => note.startsWith('the times of')) ?? 'a spectrum without it has no frequencies',
    advice: { target: path },
  })
}
