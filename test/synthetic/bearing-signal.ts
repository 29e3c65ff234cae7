import type { BearingFault } from '../../src/analysis/bearing/fault-pattern.js'
import { bearingFrequencies } from '../../src/analysis/vibration/bearing-frequencies.js'
import type { BearingGeometry } from '../../src/readings/asset.js'
import { addHealthyMachine, HEALTHY_MACHINES, type HealthyMachine, type SignalFrame } from './healthy-machine.js'
import { addRinging } from './ringing.js'
import { gaussian, seededRandom } from './seeded-random.js'

/** Geometry of the bearing on the drive end of the CWRU rig, in millimetres. */
export const BEARING_6205: BearingGeometry = {
  name: '6205 of the CWRU rig',
  rollingElements: 9,
  ballDiameterMm: 7.94,
  pitchDiameterMm: 39.04,
  contactAngleDeg: 0,
}

export interface BearingSignal {
  readonly seed: number
  readonly fault: BearingFault | null
  /** What else the machine does; drawn from the seed unless said. */
  readonly machine?: HealthyMachine
  /** (found − kinematic)/kinematic of the impacts. */
  readonly slip?: number
  /** Standard deviation of the time between impacts, as a share of it: they do not return exactly, which makes the signal cyclostationary. */
  readonly jitter?: number
  /** Power of the impacts over the power of all else, decibels. */
  readonly signalToNoiseDb?: number
  readonly resonanceHz?: number
  readonly sampleRateHz?: number
  readonly durationS?: number
  readonly shaftHz?: number
  readonly geometry?: BearingGeometry
}

/**
 * A bearing in a machine after Randall and Antoni: impacts at the rate of the defect, with slip and jitter, each ringing down at a resonance;
 * load-zone modulation at shaft speed for the inner race, at cage speed for a rolling element, both for the cage; over what a healthy machine gives.
 *
 * @returns samples shape (n,), and the speed and geometry that a nameplate would state.
 */
export function bearingSignal(options: BearingSignal): {
  readonly samples: Float64Array
  readonly sampleRateHz: number
  readonly shaftSpeedRpm: number
  readonly geometry: BearingGeometry
} {
  const { seed, sampleRateHz = 12_000, durationS = 4, shaftHz = 24.7, geometry = BEARING_6205 } = options
  const random = seededRandom(seed * 7919 + 13)
  const frame: SignalFrame = { samples: new Float64Array(Math.round(sampleRateHz * durationS)), sampleRateHz, shaftHz }
  const machine = options.machine ?? HEALTHY_MACHINES[Math.floor(random() * HEALTHY_MACHINES.length)] ?? 'white'
  addHealthyMachine(frame, machine, random)
  if (options.fault !== null) addDefect(frame, { ...options, fault: options.fault, geometry }, random)
  return { samples: frame.samples, sampleRateHz, shaftSpeedRpm: shaftHz * 60, geometry }
}

function addDefect(
  { samples, sampleRateHz, shaftHz }: SignalFrame,
  options: BearingSignal & { readonly fault: BearingFault; readonly geometry: BearingGeometry },
  random: () => number,
): void {
  const { fault, slip = 0, jitter = 0.01, signalToNoiseDb = -10 } = options
  const { bpfo, bpfi, bsf, ftf } = bearingFrequencies(options.geometry, shaftHz)
  const rateHz = { 'outer-race': bpfo, 'inner-race': bpfi, ball: 2 * bsf, cage: ftf }[fault] * (1 + slip)
  const modulationHz = { 'outer-race': 0, 'inner-race': shaftHz, ball: ftf, cage: 0 }[fault]
  const resonanceHz = options.resonanceHz ?? sampleRateHz * (0.15 + 0.25 * random())
  const decayS = (3 + 5 * random()) / resonanceHz
  const impacts = new Float64Array(samples.length)
  const durationS = samples.length / sampleRateHz
  const phase = 2 * Math.PI * random()
  for (let at = random() / rateHz; at < durationS; at += (1 + jitter * gaussian(random)) / rateHz) {
    const load = modulationHz === 0 ? 1 : Math.max(0, 0.35 + Math.cos(2 * Math.PI * modulationHz * at + phase))
    addRinging(impacts, { at, amplitude: load * (1 + 0.2 * gaussian(random)), resonanceHz, decayS, sampleRateHz })
  }
  const scale = Math.sqrt((power(samples) / power(impacts)) * 10 ** (signalToNoiseDb / 10))
  for (let k = 0; k < samples.length; k++) samples[k] = (samples[k] ?? 0) + scale * (impacts[k] ?? 0)
}

function power(samples: Float64Array): number {
  return samples.reduce((sum, value) => sum + value * value, 0) / samples.length
}
