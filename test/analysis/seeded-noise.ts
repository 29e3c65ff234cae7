import { gaussian, seededRandom } from '../synthetic/seeded-random.js'

/** White Gaussian noise of variance 1, the same for the same seed. */
export function seededNoise(seed: number, count: number): Float64Array {
  const random = seededRandom(seed)
  return Float64Array.from({ length: count }, () => gaussian(random))
}
