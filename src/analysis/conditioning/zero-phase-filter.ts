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

/**
 * Transposed direct form II, in place, each section starting in the steady state of a constant input equal to the first sample. Two sections a
 * round: the second works on one sample while the first is at the next.
 */
function runSections(sections: readonly Biquad[], samples: Float64Array): void {
  let level = samples[0]!
  for (let k = 0; k < sections.length; k += 2) {
    const first = startOf(sections[k]!, level)
    const second = startOf(sections[k + 1] ?? THROUGH, first.level)
    level = second.level
    runTwo(first, second, samples)
  }
}

const THROUGH: Biquad = { b: [1, 0, 0], a: [0, 0] }

interface SectionStart {
  readonly section: Biquad
  readonly z1: number
  readonly z2: number
  /** What comes out of it at rest. */
  readonly level: number
}

function startOf(section: Biquad, level: number): SectionStart {
  const { a, b } = section
  const dcGain = (b[0] + b[1] + b[2]) / (1 + a[0] + a[1])
  return { section, z1: (dcGain - b[0]) * level, z2: (b[2] - a[1] * dcGain) * level, level: level * dcGain }
}

function runTwo(first: SectionStart, second: SectionStart, samples: Float64Array): void {
  const [b0, b1, b2] = first.section.b
  const [a1, a2] = first.section.a
  const [d0, d1, d2] = second.section.b
  const [c1, c2] = second.section.a
  let { z1, z2 } = first
  let { z1: w1, z2: w2 } = second
  for (let k = 0; k < samples.length; k++) {
    const x = samples[k]!
    const y = b0 * x + z1
    z1 = b1 * x - a1 * y + z2
    z2 = b2 * x - a2 * y
    const v = d0 * y + w1
    w1 = d1 * y - c1 * v + w2
    w2 = d2 * y - c2 * v
    samples[k] = v
  }
}
