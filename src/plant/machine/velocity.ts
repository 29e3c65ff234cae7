import { ACCELEROMETER_RATE_HZ, CAVITATION_NOISE_M_PER_S2 } from './accelerometer.js'
import { loadAt } from './load-cycle.js'
import { impactPeakAt, lineScaleAt, type Machine } from './machine.js'
import { outerRaceOrder } from './outer-race-impacts.js'
import { speedRpmAt } from './shaft.js'

const LOWEST_HZ = 10
const HIGHEST_HZ = 1000

/**
 * Vibration velocity RMS from 10 to 1000 Hz, mm/s, as the machine's own transmitter shows it: the same lines, impacts and noise that the accelerometer
 * sees, summed on paper.
 *
 * A ringing A·exp(−ζωt)·sin(ωt) repeated at rate f has lines of amplitude 2·f·A/ω far below ω; white noise of variance σ² up to fs/2
 * integrates to σ²/(fs/2)·(1/f1 − 1/f2)/(4π²).
 */
export function velocityRmsAt(machine: Machine, timeS: number): number {
  const { vibration } = machine
  const scale = lineScaleAt(loadAt(machine.load, timeS))
  let square = 0
  for (const line of vibration.lines) square += (scale * line.velocityRmsMmPerS) ** 2

  const impactRateHz = (outerRaceOrder(machine.bearing) * speedRpmAt(machine.shaft, timeS)) / 60
  const lineAmplitude = (2 * impactRateHz * impactPeakAt(machine, timeS)) / (2 * Math.PI * vibration.resonanceHz)
  for (let hz = impactRateHz; hz < HIGHEST_HZ; hz += impactRateHz) square += (1000 * (lineAmplitude / (2 * Math.PI * hz))) ** 2 / 2

  const bubbles = machine.cavitates === 'yes' ? CAVITATION_NOISE_M_PER_S2 ** 2 : 0
  const density = (vibration.noiseRmsMPerS2 ** 2 + bubbles) / (ACCELEROMETER_RATE_HZ / 2)
  square += (1e6 * density * (1 / LOWEST_HZ - 1 / HIGHEST_HZ)) / (4 * Math.PI ** 2)
  return Math.sqrt(square)
}
