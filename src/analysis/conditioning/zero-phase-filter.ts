import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import type { Biquad } from './butterworth.js'

/**
 * Filters forwards and backwards, so that nothing is delayed; the magnitude response is squared (−6 dB at the edges). Both ends are
 * continued by point reflection, and each pass starts in the steady state of its first sample.
 *
 * @param samples shape (n,), n > 3·(2·sections + 1).
 * @returns shape (n,), same unit.
 * @throws AnalysisFault `too-few-samples`.
 * @see [Gustafsson1996]; numbers checked against scipy.signal.sosfiltfilt (odd padding, its default length).
 */
export function filterZeroPhase(sections: readonly Biquad[], samples: Samples): Float64Array {
  const trivial = Math.min(sections.filter(({ b }) => b[2] === 0).length, sections.filter(({ a }) => a[1] === 0).length)
  const pad = 3 * (2 * sections.length + 1 - trivial)
  if (samples.length <= pad)
    throw new AnalysisFault('too-few-samples', `${samples.length} samples are too few to filter, more than ${pad} are needed`)
  const extended = reflectOddly(samples, pad)
  runSections(sections, extended)
  extended.reverse()
  runSections(sections, extended)
  extended.reverse()
  return extended.slice(pad, pad + samples.length)
}

/** Both ends continued by `pad` samples, mirrored in the end points: 2·x[0] − x[k]. */
export function reflectOddly(samples: Samples, pad: number): Float64Array {
  const last = samples.length - 1
  const extended = new Float64Array(samples.length + 2 * pad)
  extended.set(samples, pad)
  for (let k = 1; k <= pad; k++) {
    extended[pad - k] = 2 * samples[0]! - samples[k]!
    extended[pad + last + k] = 2 * samples[last]! - samples[last - k]!
  }
  return extended
}

/** Transposed direct form II, in place, each section starting in the steady state of a constant input equal to the first sample. */
function runSections(sections: readonly Biquad[], samples: Float64Array): void {
  let level = samples[0]!
  for (const { b, a } of sections) {
    const dcGain = (b[0] + b[1] + b[2]) / (1 + a[0] + a[1])
    let z1 = (dcGain - b[0]) * level
    let z2 = (b[2] - a[1] * dcGain) * level
    level *= dcGain
    const [b0, b1, b2] = b
    const [a1, a2] = a
    for (let k = 0; k < samples.length; k++) {
      const x = samples[k]!
      const y = b0 * x + z1
      z1 = b1 * x - a1 * y + z2
      z2 = b2 * x - a2 * y
      samples[k] = y
    }
  }
}
