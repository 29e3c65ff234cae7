import { loadAt } from './load-cycle.js'
import { impactPeakAt, lineScaleAt, type Machine } from './machine.js'
import { outerRaceImpacts } from './outer-race-impacts.js'
import { addGaussian, smoothNoiseAt, streamSeed } from './seeded-noise.js'
import { revolutionsAt } from './shaft.js'

export const ACCELEROMETER_RATE_HZ = 25_600

/** The shaft's angle is exact at knots this far apart and linear between them (error below 1e-6 turns). */
const KNOT_SAMPLES = 256
/** After twelve time constants the ringing is below a hundred-thousandth of its peak. */
const RING_TIME_CONSTANTS = 12
/** Standard deviation of collapsing bubbles, m/s². */
export const CAVITATION_NOISE_M_PER_S2 = 3.5

/**
 * Acceleration at the drive-end bearing, m/s², as the sum of lines locked to the shaft, broadband noise, the ringing of the structure
 * after each outer-race impact, and cavitation. The same samples however they are cut into requests.
 *
 * @param fromIndex  index of the first sample; sample i was taken i / ACCELEROMETER_RATE_HZ seconds after the plant started.
 * @returns shape (count,), m/s².
 */
export function accelerationSamples(machine: Machine, fromIndex: number, count: number): Float32Array {
  const samples = new Float64Array(count)
  addShaftLines(samples, machine, fromIndex)
  addGaussian(samples, fromIndex, streamSeed(machine.seed, 'accelerometer'), machine.vibration.noiseRmsMPerS2)
  if (machine.wear.atStart > 0) addImpacts(samples, machine, fromIndex)
  if (machine.cavitates === 'yes') addCavitation(samples, machine, fromIndex)
  return Float32Array.from(samples)
}

function addShaftLines(samples: Float64Array, machine: Machine, fromIndex: number): void {
  const { lines } = machine.vibration
  const end = fromIndex + samples.length
  for (let knot = fromIndex - (fromIndex % KNOT_SAMPLES); knot < end; knot += KNOT_SAMPLES) {
    const timeS = knot / ACCELEROMETER_RATE_HZ
    const start = revolutionsAt(machine.shaft, timeS)
    const step = (revolutionsAt(machine.shaft, timeS + KNOT_SAMPLES / ACCELEROMETER_RATE_HZ) - start) / KNOT_SAMPLES
    const scale = lineScaleAt(loadAt(machine.load, timeS))
    const first = Math.max(knot, fromIndex)
    const stop = Math.min(knot + KNOT_SAMPLES, end)
    lines.forEach(({ order, velocityRmsMmPerS }, line) => {
      const angularPerSample = 2 * Math.PI * order * step
      const peak = ((scale * velocityRmsMmPerS * Math.SQRT2) / 1000) * angularPerSample * ACCELEROMETER_RATE_HZ
      const angle = 2 * Math.PI * ((order * start) % 1) + line
      for (let index = first; index < stop; index++) {
        samples[index - fromIndex] = (samples[index - fromIndex] ?? 0) + peak * Math.sin(angle + angularPerSample * (index - knot))
      }
    })
  }
}

function addImpacts(samples: Float64Array, machine: Machine, fromIndex: number): void {
  const { resonanceHz, dampingRatio } = machine.vibration
  const angular = 2 * Math.PI * resonanceHz
  const decay = dampingRatio * angular
  const ringing = angular * Math.sqrt(1 - dampingRatio ** 2)
  const ringS = RING_TIME_CONSTANTS / decay
  const fromS = fromIndex / ACCELEROMETER_RATE_HZ - ringS
  const toS = (fromIndex + samples.length) / ACCELEROMETER_RATE_HZ
  for (const { timeS, strength } of outerRaceImpacts(machine.shaft, machine.bearing, machine.seed, fromS, toS)) {
    const peak = strength * impactPeakAt(machine, timeS)
    const first = Math.ceil(timeS * ACCELEROMETER_RATE_HZ)
    const stop = Math.min(Math.ceil((timeS + ringS) * ACCELEROMETER_RATE_HZ), fromIndex + samples.length)
    for (let index = Math.max(first, fromIndex); index < stop; index++) {
      const sinceS = index / ACCELEROMETER_RATE_HZ - timeS
      samples[index - fromIndex] = (samples[index - fromIndex] ?? 0) + peak * Math.exp(-decay * sinceS) * Math.sin(ringing * sinceS)
    }
  }
}

/** Bubbles collapse in bursts: broadband noise whose strength breathes several times a second. */
function addCavitation(samples: Float64Array, machine: Machine, fromIndex: number): void {
  const bubbles = new Float64Array(samples.length)
  addGaussian(bubbles, fromIndex, streamSeed(machine.seed, 'bubbles'), CAVITATION_NOISE_M_PER_S2)
  const breathing = streamSeed(machine.seed, 'bubble bursts')
  let strength = 0
  for (let offset = 0; offset < samples.length; offset++) {
    const index = fromIndex + offset
    if (offset === 0 || index % KNOT_SAMPLES === 0) strength = burstAt(breathing, Math.floor(index / KNOT_SAMPLES))
    samples[offset] = (samples[offset] ?? 0) + strength * (bubbles[offset] ?? 0)
  }
}

function burstAt(seed: number, knot: number): number {
  return Math.max(0.3, 1 + 0.4 * smoothNoiseAt(seed, (knot * KNOT_SAMPLES) / ACCELEROMETER_RATE_HZ, 15))
}
