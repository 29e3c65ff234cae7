import type { Samples } from '../samples.js'
import { isCrowdedLimit } from './crowded-limit.js'
import type { SignalDefect } from './signal-defect.js'

/** Fewer neighbours alike than this and values repeat by chance so seldom that two alike at the limit say enough. */
const CONTINUOUS_BELOW = 1e-3

/**
 * A sine in coarse steps dwells at its top level at most 1/(√2 − 1) = 2.4 times as long as at the next one; noise less. Clipping lays
 * everything beyond the limit onto it. Three to one is the share that chance is measured against.
 */
const UNCLIPPED_SHARE = 0.75
const LEAST_EVIDENCE = Math.log(1e-6)

/**
 * Flat tops: samples at the very maximum (or minimum) of the record that no smooth signal would leave there. A signal of continuous values is
 * clipped where neighbours are alike at the limit; a coarsely stepped one where the limit holds far more samples than the level beside it; either
 * where samples that stand alone meet at the limit as they do nowhere near it.
 *
 * @param samples shape (n,), finite, not constant.
 * @returns none, one or two defects.
 */
export function clippedSamples(samples: Samples, sampleRateHz: number): readonly SignalDefect[] {
  const alike = alikeNeighbours(samples)
  return (['upper', 'lower'] as const).flatMap((side) => {
    const at = atLimit(samples, side === 'upper' ? 1 : -1)
    const elsewhere = (alike - at.pairs) / samples.length
    const isFlat =
      elsewhere < CONTINUOUS_BELOW && at.beside === 1
        ? at.pairs >= 2
        : at.pairs >= 2 && logTail(at.samples, at.samples + at.beside) < LEAST_EVIDENCE
    if (!isFlat && !isCrowdedLimit(samples, at)) return []
    const where = `${at.samples} samples at ${side === 'upper' ? 'the top' : 'the bottom'}, ${at.limit.toPrecision(4)}`
    const firstAtS = at.first / sampleRateHz
    return [
      {
        kind: 'clipped' as const,
        text: `clipped ${where}, first at ${firstAtS.toFixed(3)} s`,
        samples: at.samples,
        limit: at.limit,
        side,
        firstAtS,
      },
    ]
  })
}

function alikeNeighbours(samples: Samples): number {
  let count = 0
  for (let k = 1; k < samples.length; k++) if (samples[k] === samples[k - 1]) count++
  return count
}

/** What lies at the extreme, how many of those follow one another, and how many lie on the next level. */
function atLimit(samples: Samples, sign: 1 | -1) {
  let limit = Number.NEGATIVE_INFINITY
  let next = Number.NEGATIVE_INFINITY
  for (let k = 0; k < samples.length; k++) {
    const x = sign * samples[k]!
    if (x > limit) {
      next = limit
      limit = x
    } else if (x > next && x < limit) next = x
  }
  let [count, pairs, beside, first] = [0, 0, 0, -1]
  for (let k = 0; k < samples.length; k++) {
    const x = sign * samples[k]!
    if (x === next) beside++
    if (x !== limit) continue
    count++
    if (first < 0) first = k
    if (k > 0 && sign * samples[k - 1]! === limit) pairs++
  }
  return { limit: sign * limit, samples: count, pairs, beside, first }
}

/** ln of Chernoff's bound of the binomial tail P(X ≥ hits), p = UNCLIPPED_SHARE. */
function logTail(hits: number, of: number): number {
  const share = hits / of
  if (share <= UNCLIPPED_SHARE) return 0
  const miss = share === 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - UNCLIPPED_SHARE))
  return -of * (share * Math.log(share / UNCLIPPED_SHARE) + miss)
}
