import { bearingFrequencies } from '../../src/analysis/vibration/bearing-frequencies.js'
import { BEARING_6205 } from '../synthetic/bearing-signal.js'
import { gaussian, seededRandom } from '../synthetic/seeded-random.js'

/** Noise, two shaft harmonics, and ringing impacts of one defect: slip off theory, 1 % jitter, modulation as the defect has it. */
export function syntheticRecord(options: {
  readonly fault: 'outer-race' | 'inner-race' | 'ball' | null
  readonly seed: number
  readonly slip?: number
  readonly amplitude?: number
  readonly sampleRateHz?: number
  readonly durationS?: number
  readonly shaftHz?: number
}): Float64Array {
  const { fault, seed, slip = 0, amplitude = 2, sampleRateHz = 25_600, durationS = 4, shaftHz = 24.7 } = options
  const random = seededRandom(seed)
  const samples = Float64Array.from({ length: Math.round(sampleRateHz * durationS) }, (_, k) => {
    const turn = (2 * Math.PI * shaftHz * k) / sampleRateHz
    return gaussian(random) + Math.sin(turn) + 0.5 * Math.sin(2 * turn + 1)
  })
  if (fault === null) return samples
  const { bpfo, bpfi, bsf, ftf } = bearingFrequencies(BEARING_6205, shaftHz)
  const rateHz = { 'outer-race': bpfo, 'inner-race': bpfi, ball: 2 * bsf }[fault] * (1 + slip)
  const modulationHz = { 'outer-race': 0, 'inner-race': shaftHz, ball: ftf }[fault]
  for (let at = random() / rateHz; at < durationS; at += (1 + 0.01 * gaussian(random)) / rateHz) {
    const load = modulationHz === 0 ? 1 : Math.max(0, 0.4 + Math.cos(2 * Math.PI * modulationHz * at))
    const first = Math.ceil(at * sampleRateHz)
    for (let k = first; k < Math.min(samples.length, first + 0.004 * sampleRateHz); k++) {
      const since = k / sampleRateHz - at
      samples[k] = (samples[k] ?? 0) + amplitude * load * Math.exp(-since / 0.0008) * Math.sin(2 * Math.PI * 4200 * since)
    }
  }
  return samples
}
