import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'

/** A channel that pulses as the shaft turns. */
export interface TachoSignal {
  /** Shape (n,), any unit. */
  readonly samples: Samples
  readonly sampleRateHz: number
  /** Marks, teeth or keys that pass in one rotation; may be a fraction where the wheel turns slower. */
  readonly pulsesPerRevolution: number
  /** Rising unless said. */
  readonly edge?: 'rising' | 'falling'
  /** Level that counts as a pulse; half-way between the low and the high state unless said. */
  readonly threshold?: number
}

/** Share of the swing that the signal must fall back before the next pulse counts. */
const HYSTERESIS = 0.2
/**
 * The states stand apart by at least this many times the scatter about them, or the signal is no pulse train: Gaussian noise has 2.65
 * (4φ(0)/√(1 − 4φ(0)²)), a triangle 3.46, a sine 4.13.
 */
const LEAST_CONTRAST = 3.8

/**
 * When pulses pass their threshold, between samples by straight interpolation.
 *
 * The two states are the means below and above the threshold, found by halving until they settle; the next pulse counts after the signal
 * has fallen below the threshold by 20 % of the swing, so noise on an edge makes no second pulse.
 *
 * @returns shape (pulses,), seconds from the first sample, increasing.
 * @throws AnalysisFault `out-of-range` where the signal has no two states, `not-finite`.
 * @see [FyfeMunck1997]
 */
export function tachoPulses(tacho: TachoSignal): Float64Array {
  const { sampleRateHz } = tacho
  const sign = tacho.edge === 'falling' ? -1 : 1
  const states = twoStates(tacho.samples)
  const threshold = sign * (tacho.threshold ?? (states.low + states.high) / 2)
  const rearm = threshold - HYSTERESIS * (states.high - states.low)
  const times: number[] = []
  let isArmed = false
  let before = Number.NaN
  for (let k = 0; k < tacho.samples.length; k++) {
    const value = sign * tacho.samples[k]!
    if (isArmed && value >= threshold) {
      times.push((k - 1 + (threshold - before) / (value - before)) / sampleRateHz)
      isArmed = false
    } else if (!isArmed && value < rearm) isArmed = true
    before = value
  }
  return Float64Array.from(times)
}

function twoStates(samples: Samples): { readonly low: number; readonly high: number } {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let k = 0; k < samples.length; k++) {
    const value = samples[k]!
    if (!Number.isFinite(value)) throw new AnalysisFault('not-finite', 'the tacho signal holds values that are not finite numbers')
    if (value < low) low = value
    if (value > high) high = value
  }
  let scatter = 0
  for (let round = 0; round < 20; round++) {
    const middle = (low + high) / 2
    let [sumLow, countLow, sumHigh, countHigh, squares] = [0, 0, 0, 0, 0]
    for (let k = 0; k < samples.length; k++) {
      const value = samples[k]!
      const isHigh = value >= middle
      if (isHigh) {
        sumHigh += value
        countHigh++
      } else {
        sumLow += value
        countLow++
      }
      squares += (value - (isHigh ? high : low)) ** 2
    }
    if (countLow === 0 || countHigh === 0) break
    const settled = Math.abs(sumLow / countLow - low) + Math.abs(sumHigh / countHigh - high) <= 1e-9 * (high - low)
    low = sumLow / countLow
    high = sumHigh / countHigh
    scatter = Math.sqrt(squares / samples.length)
    if (settled) break
  }
  if (!(high - low >= LEAST_CONTRAST * scatter) || high === low) {
    throw new AnalysisFault('out-of-range', 'the tacho signal has no two states that stand apart, so there are no pulses to count')
  }
  return { low, high }
}
