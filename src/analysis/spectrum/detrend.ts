import type { Samples } from '../samples.js'

/**
 * Samples minus their mean.
 * @param samples shape (n,), n ≥ 1.
 * @returns shape (n,), float64, same unit.
 */
export function removeMean(samples: Samples): Float64Array {
  let sum = 0
  for (let k = 0; k < samples.length; k++) sum += samples[k]!
  const mean = sum / samples.length
  const centred = new Float64Array(samples.length)
  for (let k = 0; k < samples.length; k++) centred[k] = samples[k]! - mean
  return centred
}

/**
 * Samples minus their least-squares straight line.
 * @param samples shape (n,), n ≥ 2.
 * @returns shape (n,), float64, same unit; checked against scipy.signal.detrend(type='linear').
 */
export function removeLine(samples: Samples): Float64Array {
  const centred = removeMean(samples)
  const middle = (samples.length - 1) / 2
  let covariance = 0
  let variance = 0
  for (let k = 0; k < centred.length; k++) {
    covariance += (k - middle) * centred[k]!
    variance += (k - middle) ** 2
  }
  const slope = variance > 0 ? covariance / variance : 0
  for (let k = 0; k < centred.length; k++) centred[k] = centred[k]! - slope * (k - middle)
  return centred
}
