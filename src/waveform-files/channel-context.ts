import type { TachoSignal } from '../analysis/orders/tacho-pulses.js'
import type { Direction, MachineChannel } from '../analysis/rotating/machine-record.js'
import type { VibrationInput } from '../analysis/vibration/assessment.js'
import { Fault } from '../faults/fault.js'
import { channelIndex } from './channel-index.js'
import type { WaveformFile } from './waveform-file.js'

/** What somebody says of the other channels of a file or recording. */
export interface ContextSaid {
  /** The channel that pulses as the shaft turns. */
  readonly tacho?: { readonly channel: string; readonly pulsesPerRevolution: number } | undefined
  /** Which way sensors look; `channel` null is the one that is analysed. Those that are named are at the same bearing. */
  readonly directions?: readonly { readonly channel: string | null; readonly direction: Direction }[] | undefined
  /** The channel that a transfer function starts from. */
  readonly reference?: string | undefined
}

/** Samples that belong together: the same moments of every channel. */
export interface SampleRange {
  readonly from: number
  readonly count: number
}

type Context = Pick<VibrationInput, 'tacho' | 'otherChannels' | 'reference'>

/** What a file and somebody say of the direction of a channel; what is said wins. */
export function directionOf(file: WaveformFile, index: number, said: ContextSaid, isAnalysed: 'analysed' | 'other'): Direction | null {
  const channel = file.channels[index]
  const own = said.directions?.find((each) => each.channel === channel?.name || (each.channel === null && isAnalysed === 'analysed'))
  return own?.direction ?? channel?.direction ?? null
}

/**
 * What other channels of a file show at the same moments. Further channels count where somebody stated which way they look: they are taken
 * for being at the same bearing.
 *
 * @throws Fault WAVEFORM_CHANNEL_UNKNOWN, USAGE where a channel that was named cannot go with this one.
 */
export async function contextInFile(
  file: WaveformFile,
  { channel, range, said }: { readonly channel: number; readonly range: SampleRange; readonly said: ContextSaid },
): Promise<Context> {
  const { from, count } = range
  for (const { channel: name } of said.directions ?? []) if (name !== null) channelIndex(file, name)
  const tacho = await tachoOf(file, channel, range, said)
  const others: MachineChannel[] = []
  for (const [index, { name, unit, sampleRateHz, frames }] of file.channels.entries()) {
    const direction = directionOf(file, index, said, 'other')
    if (index === channel || direction === null || name === said.tacho?.channel || name === file.tacho?.channel) continue
    const own = file.channels[channel]
    if (sampleRateHz !== own?.sampleRateHz || frames < from + count) continue
    others.push({ samples: await file.read({ channel: index, from, count }), unit, direction })
  }
  return {
    ...(tacho === null ? {} : { tacho }),
    ...(others.length === 0 ? {} : { otherChannels: others }),
    ...(said.reference === undefined ? {} : { reference: await referenceOf(file, channel, range, said.reference) }),
  }
}

async function tachoOf(file: WaveformFile, channel: number, { from, count }: SampleRange, said: ContextSaid): Promise<TachoSignal | null> {
  const wanted = said.tacho ?? file.tacho ?? undefined
  if (wanted === undefined) return null
  const index = channelIndex(file, wanted.channel)
  if (index === channel) {
    if (said.tacho === undefined) return null
    throw unfit(`${wanted.channel} cannot be analysed and be its own tacho`, 'the tacho is another channel of the same file')
  }
  const own = file.channels[channel]?.sampleRateHz ?? null
  const sampleRateHz = file.channels[index]?.sampleRateHz ?? own
  if (sampleRateHz === null) return null
  const ratio = own === null ? 1 : sampleRateHz / own
  const samples = await file.read({ channel: index, from: Math.round(from * ratio), count: Math.round(count * ratio) })
  return { samples, sampleRateHz, pulsesPerRevolution: wanted.pulsesPerRevolution }
}

async function referenceOf(file: WaveformFile, channel: number, { from, count }: SampleRange, name: string) {
  const index = channelIndex(file, name)
  const [own, other] = [file.channels[channel], file.channels[index]]
  if (own?.sampleRateHz !== other?.sampleRateHz || own?.frames !== other?.frames) {
    throw unfit(
      `${name} does not run with ${own?.name ?? 'the other channel'}`,
      `one has ${own?.frames ?? 0} samples at ${own?.sampleRateHz ?? '?'} Hz, the other ${other?.frames ?? 0} at ${other?.sampleRateHz ?? '?'} Hz`,
    )
  }
  return { channel: name, samples: await file.read({ channel: index, from, count }), unit: other?.unit ?? null }
}

function unfit(message: string, because: string): Fault {
  return new Fault('USAGE', { message, because, advice: { help: 'chatterfix analyze spectrum --help' } })
}
