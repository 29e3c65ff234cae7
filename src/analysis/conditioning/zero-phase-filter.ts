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
  runSections(sections, extended, 'forwards')
  runSections(sections, extended, 'backwards')
  return extended.subarray(pad, pad + samples.length)
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

/** Samples that all sections work on before the next ones are fetched; they stay in the processor's own memory. */
const BLOCK = 2048

/** In place, each section starting in the steady state of a constant input equal to the sample it meets first. */
function runSections(sections: readonly Biquad[], samples: Float64Array, direction: 'forwards' | 'backwards'): void {
  const { length } = samples
  let level = samples[direction === 'forwards' ? 0 : length - 1]!
  const pairs = Array.from({ length: Math.ceil(sections.length / 2) }, (_, k) => {
    const pair = [sections[2 * k]!, sections[2 * k + 1] ?? THROUGH] as const
    const state = Float64Array.of(...steadyState(pair[0], level), ...steadyState(pair[1], level * dcGain(pair[0])))
    level *= dcGain(pair[0]) * dcGain(pair[1])
    return { pair, state }
  })
  for (let done = 0; done < length; done += BLOCK) {
    const end = Math.min(length, done + BLOCK)
    const block = direction === 'forwards' ? samples.subarray(done, end) : samples.subarray(length - end, length - done)
    for (const { pair, state } of pairs) runPair(pair, state, block, direction)
  }
}

const THROUGH: Biquad = { b: [1, 0, 0], a: [0, 0] }

function dcGain({ a, b }: Biquad): number {
  return (b[0] + b[1] + b[2]) / (1 + a[0] + a[1])
}

function steadyState(section: Biquad, level: number): readonly [z1: number, z2: number] {
  const gain = dcGain(section)
  return [(gain - section.b[0]) * level, (section.b[2] - section.a[1] * gain) * level]
}

/**
 * Transposed direct form II, y = b0·x + z1, z1 ← z2 + b1·x − a1·y, z2 ← b2·x − a2·y, with y put into the other two: what one sample has to wait for
 * from the one before is then a single product and a sum. Two sections a round: the second works on one sample while the first is at the next.
 */
function runPair(
  [first, second]: readonly [Biquad, Biquad],
  state: Float64Array,
  samples: Float64Array,
  direction: 'forwards' | 'backwards',
): void {
  const [b0, b1, b2] = first.b
  const [a1, a2] = first.a
  const [d0, d1, d2] = second.b
  const [c1, c2] = second.a
  const e1 = b1 - a1 * b0
  const e2 = b2 - a2 * b0
  const f1 = d1 - c1 * d0
  const f2 = d2 - c2 * d0
  let z1 = state[0]!
  let z2 = state[1]!
  let w1 = state[2]!
  let w2 = state[3]!
  const step = direction === 'forwards' ? 1 : -1
  let at = direction === 'forwards' ? 0 : samples.length - 1
  for (let k = 0; k < samples.length; k++, at += step) {
    const x = samples[at]!
    const y = b0 * x + z1
    const next = z2 + e1 * x - a1 * z1
    z2 = e2 * x - a2 * z1
    z1 = next
    samples[at] = d0 * y + w1
    const after = w2 + f1 * y - c1 * w1
    w2 = f2 * y - c2 * w1
    w1 = after
  }
  state[0] = z1
  state[1] = z2
  state[2] = w1
  state[3] = w2
}
