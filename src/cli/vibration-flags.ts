import { boolean, integer, option, string } from '@oclif/core/flags'
import { Fault } from '../faults/fault.js'
import { MACHINE_KINDS } from '../readings/machine-facts.js'
import { whyNoSpeed } from '../readings/plausible-speed.js'
import type { VibrationOptions } from '../waveform-files/read-vibration.js'
import { assetsSaid } from './assets-said.js'
import { directionSaid } from './direction-said.js'
import { type MachineSaid, machineSaid } from './machine-said.js'
import { positiveNumberFlag } from './positive-number-flag.js'
import { type Range, rangeFlag } from './range-flag.js'
import { speedFlag } from './speed-flag.js'

/** What somebody says of a waveform; it wins over file, recording and nameplate. */
export const WAVEFORM_FLAGS = {
  sensor: string({ description: 'which sensor of the recording, or channel of the file' }),
  unit: string({ description: 'unit of the samples, e.g. g or m/s²' }),
  rate: positiveNumberFlag({ description: 'samples a second, where the file does not say' }),
  time: string({ description: 'the column of a CSV or Parquet file that holds the times', helpValue: '<column>' }),
}

/** What somebody says of the machine. */
export const MACHINE_FLAGS = {
  speed: speedFlag({ description: 'shaft speed, rpm' }),
  'speed-range': rangeFlag({ description: 'the speed changes between these, rpm; it is followed in the record' }),
  tacho: string({ description: 'the channel or sensor that pulses as the shaft turns', helpValue: '<channel>' }),
  pulses: positiveNumberFlag({ description: 'pulses of the tacho in one rotation', default: 1 }),
  direction: string({
    description:
      'which way the sensor looks: radial, radial-horizontal, radial-vertical, axial; CHANNEL=axial for another at the same bearing',
    multiple: true,
  }),
  bearing: string({
    description: 'designation, e.g. 6205, or geometry: n=ROLLING ELEMENTS,d=THEIR DIAMETER,D=PITCH DIAMETER,angle=CONTACT ANGLE',
  }),
  power: positiveNumberFlag({ description: 'rated power of the machine, kW' }),
  group: option({ options: ['1', '2'] as const, description: 'machine group of ISO 20816-3, where the power is not known' })(),
  support: option({ options: ['rigid', 'flexible'] as const, description: 'how the machine stands' })(),
  machine: option({ options: MACHINE_KINDS, description: 'what it is' })(),
  'line-frequency': positiveNumberFlag({ description: 'mains frequency at the motor, Hz; behind an inverter its output' }),
  poles: integer({ description: 'poles of the motor', min: 2, max: 200 }),
  'rotor-bars': integer({ description: 'bars of the rotor', min: 3, max: 1000 }),
  teeth: string({
    description: 'gear wheels, e.g. 23 or 23:61 (its mate); x2.5 after it: on a shaft that turns so much faster',
    multiple: true,
  }),
  blades: integer({ description: 'blades of the fan or vanes of the impeller', min: 1, max: 500 }),
  site: string({ description: 'take what is not said here from the nameplates of this site file', helpValue: '<file>' }),
  asset: string({ description: 'which asset of the site file; a recording knows its own' }),
  belt: string({ description: "belt drive: pulley=DIAMETER,length=BELT'S[,other=DIAMETER] in one unit" }),
}

/** For many files. */
export const BATCH_FLAGS = {
  jobs: integer({ description: 'threads that analyse many files; one per processor by default', min: 1, max: 256 }),
  out: string({ description: 'keep the results of many files: .jsonl or .parquet', helpValue: '<file>' }),
  shard: string({ description: 'only this share of the files, e.g. 2/8', helpValue: 'I/N' }),
  jsonl: boolean({ description: 'one JSON object a line for each channel of many files' }),
}

interface Said extends MachineSaid {
  readonly 'speed-range'?: Range | undefined
  readonly tacho?: string | undefined
  readonly pulses?: number | undefined
  readonly direction?: readonly string[] | undefined
  readonly site?: string | undefined
  readonly asset?: string | undefined
  readonly sensor?: string | undefined
  readonly unit?: string | undefined
  readonly rate?: number | undefined
  readonly time?: string | undefined
  readonly speed?: number | undefined
  readonly bearing?: string | undefined
  readonly power?: number | undefined
  readonly support?: 'rigid' | 'flexible' | undefined
}

/** @throws Fault USAGE where a gear, a belt or a direction is none; those of the site file. */
export async function vibrationOptions(said: Said): Promise<VibrationOptions> {
  refuseImpossibleRange(said['speed-range'])
  const { sensor, unit, rate, time, speed, bearing, power, support, tacho, pulses = 1, direction = [] } = said
  return {
    sensor,
    unit,
    sampleRateHz: rate,
    timeColumn: time,
    speedRpm: speed,
    bearing,
    powerKw: power,
    support,
    machine: machineSaid(said),
    speedRangeRpm: said['speed-range'],
    ...(tacho === undefined ? {} : { tacho: { channel: tacho, pulsesPerRevolution: pulses } }),
    ...(direction.length === 0 ? {} : { directions: direction.map(directionSaid) }),
    ...(await assetsSaid(said)),
  }
}

function refuseImpossibleRange(range: Range | undefined): void {
  const why = range === undefined ? null : (whyNoSpeed(range.low) ?? whyNoSpeed(range.high))
  if (range === undefined || why === null) return
  throw new Fault('USAGE', {
    message: `--speed-range ${range.low}-${range.high} holds speeds that no shaft turns at`,
    because: why,
    where: { flag: '--speed-range' },
    advice: { help: '--speed-range 600-2400' },
  })
}
