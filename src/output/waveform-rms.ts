/**
 * Root mean square of a block, for display only (analysis has its own, with windows and units).
 *
 * @param samples shape (n,), any unit.
 * @returns same unit; NaN for an empty block.
 */
export function rmsOf(samples: Float32Array | Float64Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return Math.sqrt(sum / samples.length)
}
