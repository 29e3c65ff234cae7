import { option, string } from '@oclif/core/flags'
import type { VibrationOptions } from '../waveform-files/read-vibration.js'
import { positiveNumberFlag } from './positive-number-flag.js'

/** What somebody says of a waveform; it wins over file, recording and nameplate. */
export const WAVEFORM_FLAGS = {
  sensor: string({ description: 'which sensor of the recording, or channel of the file' }),
  unit: string({ description: 'unit of the samples, e.g. g or m/s²' }),
  rate: positiveNumberFlag({ description: 'samples a second, where the file does not say' }),
  time: string({ description: 'the column of a CSV or Parquet file that holds the times', helpValue: '<column>' }),
}

/** What somebody says of the machine. */
export const MACHINE_FLAGS = {
  speed: positiveNumberFlag({ description: 'shaft speed, rpm' }),
  bearing: string({ description: 'geometry: n=ROLLING ELEMENTS,d=THEIR DIAMETER,D=PITCH DIAMETER,angle=CONTACT ANGLE' }),
  power: positiveNumberFlag({ description: 'rated power of the machine, kW' }),
  support: option({ options: ['rigid', 'flexible'] as const, description: 'how the machine stands' })(),
}

interface Said {
  readonly sensor?: string | undefined
  readonly unit?: string | undefined
  readonly rate?: number | undefined
  readonly time?: string | undefined
  readonly speed?: number | undefined
  readonly bearing?: string | undefined
  readonly power?: number | undefined
  readonly support?: 'rigid' | 'flexible' | undefined
}

export function vibrationOptions({ sensor, unit, rate, time, speed, bearing, power, support }: Said): VibrationOptions {
  return { sensor, unit, sampleRateHz: rate, timeColumn: time, speedRpm: speed, bearing, powerKw: power, support }
}
