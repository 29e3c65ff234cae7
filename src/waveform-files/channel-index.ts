import { Fault } from '../faults/fault.js'
import type { WaveformFile } from './waveform-file.js'

/** The channel of that name, or the only one. @throws Fault WAVEFORM_CHANNEL_UNKNOWN. */
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
