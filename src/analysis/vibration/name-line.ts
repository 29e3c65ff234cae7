import type { BearingGeometry } from '../../readings/asset.js'
import { bearingFrequencies } from './bearing-frequencies.js'

/** What may stand at a frequency. */
export interface KnownLines {
  readonly shaftSpeedRpm: number | null
  readonly bearing: BearingGeometry | null
  readonly lineFrequencyHz: number | null
}

const SHAFT_ORDERS = 20
const HARMONICS = 8
/** Bearings slip: their lines are looked for this far off where pure rolling puts them; wider, chance finds a name for anything. */
const SLIP = 0.015
/** A stated speed is right within this share. */
const SPEED = 0.005

/** Names of what is expected within reach of a frequency, nearest first: `1×`, `BPFO 2×`, `mains 2×`. Several may fit. @param stepHz  distance of neighbouring bins. */
export function namesOfLine(hz: number, stepHz: number, known: KnownLines): string[] {
  return expectedLines(known)
    .filter((line) => Math.abs(line.hz - hz) <= Math.max(stepHz, line.tolerance * line.hz))
    .sort((a, b) => Math.abs(a.hz - hz) - Math.abs(b.hz - hz))
    .slice(0, 3)
    .map(({ name }) => name)
}

/** Periods that a multiple of is looked for: a family of lines also peaks at twice its period and more. */
const MULTIPLES = 5

/** What returns with a period: `1×`, `BPFO`, `3 periods of 1×`. @param stepS  distance of neighbouring values. */
export function namesOfPeriod(periodS: number, stepS: number, known: KnownLines): string[] {
  for (let multiple = 1; multiple <= MULTIPLES; multiple++) {
    const hz = multiple / periodS
    const names = namesOfLine(hz, (hz * stepS) / periodS, known).filter((name) => name === '1×' || name.endsWith(' 1×'))
    if (names.length > 0) return names.map((name) => `${multiple === 1 ? '' : `${multiple} periods of `}${name.replace(/ 1×$/, '')}`)
  }
  return []
}

function expectedLines({ shaftSpeedRpm, bearing, lineFrequencyHz }: KnownLines) {
  const harmonics = (name: string, hz: number, tolerance: number, count: number) =>
    Array.from({ length: count }, (_, k) => ({ name: name === '' ? `${k + 1}×` : `${name} ${k + 1}×`, hz: (k + 1) * hz, tolerance }))
  const shaftHz = shaftSpeedRpm === null ? null : shaftSpeedRpm / 60
  const rolling = shaftHz === null || bearing === null ? null : bearingFrequencies(bearing, shaftHz)
  return [
    ...(shaftHz === null ? [] : harmonics('', shaftHz, SPEED, SHAFT_ORDERS)),
    ...(lineFrequencyHz === null ? [] : harmonics('mains', lineFrequencyHz, 0.002, HARMONICS)),
    ...(rolling === null
      ? []
      : [
          ...harmonics('BPFO', rolling.bpfo, SLIP, HARMONICS),
          ...harmonics('BPFI', rolling.bpfi, SLIP, HARMONICS),
          ...harmonics('2·BSF', 2 * rolling.bsf, SLIP, HARMONICS),
          ...harmonics('FTF', rolling.ftf, SLIP, 3),
        ]),
  ]
}
