import type { MachineChannel } from '../analysis/rotating/machine-record.js'
import type { VibrationInput } from '../analysis/vibration/assessment.js'
import { Fault } from '../faults/fault.js'
import type { EpochMicros } from '../readings/time.js'
import { readWaveforms } from '../recordings/read-waveforms.js'
import type { ContextSaid } from './channel-context.js'

/** Where the samples of the analysed sensor lie. */
export interface RecordedRange {
  readonly startedAt: EpochMicros
  readonly count: number
  readonly sampleRateHz: number
}

/**
 * What other sensors of a recording showed at the same moments, by the clock of the recording: to the nearest sample.
 *
 * @throws Fault RECORDING_SENSOR_UNKNOWN; USAGE where a sensor that was named has no waveform over all of that time.
 */
export async function contextInRecording(
  folder: string,
  { sensor, range, said }: { readonly sensor: string; readonly range: RecordedRange; readonly said: ContextSaid },
): Promise<Pick<VibrationInput, 'tacho' | 'otherChannels' | 'reference'>> {
  const others: MachineChannel[] = []
  for (const { channel, direction } of said.directions ?? []) {
    if (channel === null || channel === sensor || channel === said.tacho?.channel) continue
    const { samples, unit } = await readBeside(folder, channel, { ...range, rate: 'same' })
    others.push({ samples, unit, direction })
  }
  const { tacho, reference } = said
  const pulses = tacho === undefined ? null : await readBeside(folder, tacho.channel, { ...range, rate: 'any' })
  const driving = reference === undefined ? null : await readBeside(folder, reference, { ...range, rate: 'same' })
  return {
    ...(pulses === null || tacho === undefined
      ? {}
      : { tacho: { samples: pulses.samples, sampleRateHz: pulses.sampleRateHz, pulsesPerRevolution: tacho.pulsesPerRevolution } }),
    ...(others.length === 0 ? {} : { otherChannels: others }),
    ...(driving === null || reference === undefined
      ? {}
      : { reference: { channel: reference, samples: driving.samples, unit: driving.unit } }),
  }
}

async function readBeside(
  folder: string,
  sensor: string,
  { startedAt, count, sampleRateHz, rate }: RecordedRange & { readonly rate: 'same' | 'any' },
) {
  const durationMicros = (count / sampleRateHz) * 1e6
  // Blocks are found by their start: the one before may reach into the time.
  const read = await readWaveforms({ folder, sensor, from: startedAt - durationMicros, to: startedAt + durationMicros })
  for (const stretch of read.stretches) {
    if (rate === 'same' && stretch.sampleRateHz !== sampleRateHz) continue
    const from = Math.round(((startedAt - stretch.startedAt) / 1e6) * stretch.sampleRateHz)
    const wanted = rate === 'same' ? count : Math.floor((durationMicros / 1e6) * stretch.sampleRateHz)
    if (from >= 0 && from + wanted <= stretch.samples.length)
      return { samples: stretch.samples.subarray(from, from + wanted), sampleRateHz: stretch.sampleRateHz, unit: read.sensor.unit }
  }
  throw new Fault('USAGE', {
    message: `${sensor} has no waveform beside that which is analysed`,
    because: `from ${new Date(startedAt / 1000).toISOString()} on, ${(durationMicros / 1e6).toFixed(1)} s without a hole are needed${rate === 'same' ? ` at ${sampleRateHz} Hz` : ''}`,
    where: { folder, sensor },
    advice: { help: `chatterfix recordings show ${folder}` },
  })
}
