/**
 * Noise without state: every value follows from (seed, index), so a stretch of signal is the same however it is cut.
 * The mixing function is lowbias32 by Chris Wellons (public domain).
 */
function mix32(word: number): number {
  let mixed = word | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

const TWO_POW_32 = 4_294_967_296

/** A seed of its own for each named stream of noise. */
export function streamSeed(seed: number, name: string): number {
  let hash = mix32(seed)
  for (let position = 0; position < name.length; position++) hash = mix32(hash ^ name.charCodeAt(position))
  return hash
}

/** Uniform in (0, 1), a function of a stream's seed and an integer index (negative or beyond 2^32 too). */
export function uniformAt(seed: number, index: number): number {
  const high = Math.floor(index / TWO_POW_32)
  return (mix32((index >>> 0) ^ mix32(seed ^ Math.imul(high, 0x9e3779b9))) + 0.5) / TWO_POW_32
}

/** Standard normal at an index (Box–Muller over the pair that the index belongs to). */
export function gaussianAt(seed: number, index: number): number {
  const even = index % 2 === 0 ? index : index - 1
  const radius = Math.sqrt(-2 * Math.log(uniformAt(seed, even)))
  const angle = 2 * Math.PI * uniformAt(seed, even + 1)
  return index === even ? radius * Math.cos(angle) : radius * Math.sin(angle)
}

/**
 * Adds white Gaussian noise to a stretch of samples.
 * @param target  shape (n,), the samples from `from` on.
 * @param sigma   its standard deviation, in the samples' unit.
 */
export function addGaussian(target: Float64Array, from: number, seed: number, sigma: number): void {
  const end = from + target.length
  for (let even = from - (from % 2); even < end; even += 2) {
    const radius = sigma * Math.sqrt(-2 * Math.log(uniformAt(seed, even)))
    const angle = 2 * Math.PI * uniformAt(seed, even + 1)
    if (even >= from) target[even - from] = (target[even - from] ?? 0) + radius * Math.cos(angle)
    if (even + 1 < end) target[even + 1 - from] = (target[even + 1 - from] ?? 0) + radius * Math.sin(angle)
  }
}

/** Continuous noise with standard deviation of about 1 that changes at `rateHz`: normal values at knots, joined by cubic smoothing. */
export function smoothNoiseAt(seed: number, timeS: number, rateHz: number): number {
  const position = timeS * rateHz
  const knot = Math.floor(position)
  const fraction = position - knot
  const weight = fraction * fraction * (3 - 2 * fraction)
  return gaussianAt(seed, 2 * knot) * (1 - weight) + gaussianAt(seed, 2 * knot + 2) * weight
}
