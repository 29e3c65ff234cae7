import type { MachineDescription } from '../../src/analysis/rotating/machine-description.js'
import type { MachineFault } from '../../src/analysis/rotating/machine-fault.js'
import { type Component, type MachineSignal, type MadeSignal, makeMachineSignal } from './machine-signal.js'
import { seededRandom } from './seeded-random.js'

/** A pump with a motor, a gear and a belt, as one nameplate might say; lines of every part are in its healthy signal. */
export const MACHINE: MachineDescription = {
  kind: 'pump',
  lineFrequencyHz: 50,
  poles: 4,
  rotorBars: 28,
  gears: [{ teeth: 31, matingTeeth: 67 }],
  blades: 5,
  belt: { pulleyDiameterMm: 180, beltLengthMm: 1900 },
}

export interface MachineCase extends MadeSignal {
  /** Taken along the shaft at the same time. */
  readonly axial: Float64Array
}

/** What a well-balanced machine shows: little 1×, less of 2× and 3×, vane pass, an even gear mesh, magnetic hum, mains picked up. */
function healthyComponents(random: () => number): Component[] {
  const between = (low: number, high: number) => low + (high - low) * random()
  const first = between(0.1, 0.9)
  const mesh = between(0.05, 0.3)
  return [
    { order: 1, velocityMmPerS: first },
    { order: 2, velocityMmPerS: first * between(0.05, 0.3) },
    { order: 3, velocityMmPerS: first * between(0, 0.2) },
    { order: 5, velocityMmPerS: between(0.1, 0.4) },
    { order: 31, velocityMmPerS: mesh },
    ...[30, 32].map((order) => ({ order, velocityMmPerS: mesh * between(0, 0.08) })),
    { order: null, frequencyHz: 100, velocityMmPerS: between(0.05, 0.3) },
    { order: null, frequencyHz: 50, velocityMmPerS: between(0, 0.1) },
    { order: null, frequencyHz: 150, velocityMmPerS: between(0, 0.03) },
  ]
}

/**
 * Lines that a fault adds; `strength` is the velocity of its main line, mm/s, except where its kind has another measure: sidebands over mesh (gear-mesh),
 * sidebands over 1× (rotor-bars).
 */
function faultComponents(
  fault: MachineFault,
  strength: number,
  shaftHz: number,
): { readonly radial: Component[]; readonly axial: Component[] } {
  const lines = (...pairs: readonly (readonly [order: number, share: number])[]) =>
    pairs.map(([order, share]) => ({ order, velocityMmPerS: strength * share }))
  switch (fault) {
    case 'unbalance':
      return { radial: lines([1, 1]), axial: lines([1, 0.15]) }
    case 'misalignment':
      return { radial: lines([1, 0.6], [2, 1], [3, 0.4]), axial: lines([1, 0.8], [2, 0.9]) }
    case 'bent-shaft':
      return { radial: lines([1, 0.9], [2, 0.2]), axial: lines([1, 1], [2, 0.3]) }
    case 'looseness':
      return {
        radial: lines([1, 1], [2, 0.7], [3, 0.5], [4, 0.4], [5, 0.35], [6, 0.3], [7, 0.2], [8, 0.15], [0.5, 0.3], [1.5, 0.3], [2.5, 0.2]),
        axial: [],
      }
    case 'gear-mesh':
      return {
        radial: [{ order: 31, velocityMmPerS: 0.5 }, ...[29, 30, 32, 33].map((order) => ({ order, velocityMmPerS: (0.5 * strength) / 2 }))],
        axial: [],
      }
    case 'belt': {
      const rate = ((Math.PI * 180) / 1900) * 0.99
      return { radial: lines([rate, 0.6], [2 * rate, 1], [3 * rate, 0.5], [4 * rate, 0.3]), axial: [] }
    }
    case 'blade-pass':
      return { radial: lines([5, 1], [10, 0.4]), axial: [] }
    case 'electrical':
      return { radial: [{ order: null, frequencyHz: 100, velocityMmPerS: strength }], axial: [] }
    case 'rotor-bars': {
      const offset = (4 * (25 - shaftHz)) / shaftHz
      return {
        radial: [
          { order: 1, velocityMmPerS: 1 },
          ...[1 - offset, 1 + offset].map((order) => ({ order, velocityMmPerS: strength / Math.SQRT2 })),
        ],
        axial: [],
      }
    }
    case 'resonance':
    case 'cavitation':
      return { radial: [], axial: [] }
    default:
      return fault satisfies never
  }
}

/** Share of its power that a line keeps in its strongest bin under a Hann window. */
const HANN_PEAK = 2 / 3

/**
 * RMS of white noise, m/s², over which the middle one of the lines that a fault adds stands so many decibels in the bin of one Hann-weighted spectrum of
 * the whole record. Of a resonance and of cavitation, which add noise: their density at its highest over that of the white one.
 */
export function noiseUnder(
  fault: MachineFault,
  options: {
    readonly strength: number
    readonly lineOverNoiseDb: number
    readonly shaftHz: number
    readonly sampleRateHz: number
    readonly durationS: number
  },
): number {
  const { strength, shaftHz, sampleRateHz, durationS } = options
  const ratio = 10 ** (options.lineOverNoiseDb / 10)
  // Power of a resonator's noise over its highest density is π/2·f/Q; the hiss is white over most of its band.
  if (fault === 'resonance') return Math.sqrt((strength ** 2 * (sampleRateHz / 2)) / ((Math.PI / 2) * ((2 * shaftHz) / 15)) / ratio)
  if (fault === 'cavitation') return strength / Math.sqrt(ratio)
  const powers = faultComponents(fault, strength, shaftHz)
    .radial.filter((line) => line.order !== 31)
    .map(
      ({ order, frequencyHz = 0, velocityMmPerS }) =>
        (2e-3 * Math.PI * (order === null ? frequencyHz : order * shaftHz) * velocityMmPerS) ** 2,
    )
    .sort((a, b) => a - b)
  const middle = powers[Math.floor(powers.length / 2)] ?? 0
  return Math.sqrt((middle * HANN_PEAK * sampleRateHz * durationS) / 2 / ratio)
}

/** A healthy machine, or one with a fault; two channels, from a seed. */
export function makeMachineCase(
  fault: MachineFault | null,
  options: Partial<Omit<MachineSignal, 'seed' | 'components'>> & { readonly seed: number; readonly strength?: number },
): MachineCase {
  const { seed, strength = 3 } = options
  const random = seededRandom(seed * 7919 + 17)
  const shaftHz = options.shaftHz ?? 24.3 + 0.5 * random()
  const added = fault === null ? { radial: [], axial: [] } : faultComponents(fault, strength, shaftHz)
  const given = {
    shaftHz,
    wander: 1e-4 + 4e-4 * random(),
    noiseMPerS2: 0.1 + 0.4 * random(),
    noiseColour: 0.8 * random(),
    sampleRateHz: 12_800,
    durationS: 8,
    ...options,
  }
  const hiss = fault === 'cavitation' ? { fromHz: 2000, rmsMPerS2: strength, beatOrder: 5, depth: 0.4 } : null
  const hump = fault === 'resonance' ? { frequencyHz: 2 * shaftHz * 1.03, quality: 15, rmsMPerS2: strength } : null
  const excited = fault === 'resonance' ? [{ order: 2, velocityMmPerS: 2 }] : []
  const radial = makeMachineSignal({
    ...given,
    seed,
    components: [...healthyComponents(random), ...added.radial, ...excited],
    ...(hiss ? { hiss } : {}),
    ...(hump ? { hump } : {}),
  })
  const axial = makeMachineSignal({
    ...given,
    seed,
    components: [...healthyComponents(random).map((part) => ({ ...part, velocityMmPerS: 0.3 * part.velocityMmPerS })), ...added.axial],
  })
  return { ...radial, axial: axial.samples }
}
