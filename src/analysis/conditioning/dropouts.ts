import type { Samples } from '../samples.js'
import type { SignalDefect } from './signal-defect.js'

/** Shorter runs of one value are left alone whatever the odds. */
const LEAST_RUN = 8
/** Runs of that length that a record of its size would hold by chance. */
const EXPECTED_BY_CHANCE = 1e-3
/** A signal whose neighbours are alike more seldom than this, outside of what may be dropouts, moves too fast to stand still for LEAST_RUN. */
const RESTLESS_BELOW = 0.02

/**
 * Runs of exact zeros or of one held value that are too long for the record's own habit of repeating itself: with a share p of neighbours alike,
 * a run of L comes up n·p^(L−1) times by chance, and a slow signal in coarse steps repeats in runs of its own usual length. A run that is entered and
 * left by the smallest step there is is the crest of such a signal; one at the record's extremes is clipping.
 *
 * @param samples shape (n,), finite, not constant.
 */
export function dropouts(samples: Samples, sampleRateHz: number): readonly SignalDefect[] {
  const runs = runsOf(samples)
  const least = leastSuspicious(runs, samples.length)
  let [top, bottom] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let k = 0; k < samples.length; k++) {
    if (samples[k]! > top) top = samples[k]!
    if (samples[k]! < bottom) bottom = samples[k]!
  }
  const step = smallestStep(samples)
  const found = runs.filter((run) => {
    const value = samples[run.at]
    return run.length >= least && value !== top && value !== bottom && !isCrest(samples, run, step)
  })
  return (['zero', 'held'] as const).flatMap((value): SignalDefect[] => {
    const of = found.filter(({ at }) => (samples[at] === 0) === (value === 'zero'))
    const first = of[0]
    if (!first) return []
    const count = of.reduce((sum, { length }) => sum + length, 0)
    const longestS = Math.max(...of.map(({ length }) => length)) / sampleRateHz
    const firstAtS = first.at / sampleRateHz
    const what = value === 'zero' ? 'zeros' : 'one value held'
    return [
      {
        kind: 'dropout',
        text: `${of.length} dropout${of.length === 1 ? '' : 's'} of ${what}, ${count} samples, the longest ${longestS.toPrecision(3)} s, first at ${firstAtS.toFixed(3)} s`,
        ...{ runs: of.length, samples: count, value, firstAtS, longestS },
      },
    ]
  })
}

interface Run {
  readonly at: number
  readonly length: number
}

/** Of two alike and more. */
function runsOf(samples: Samples): readonly Run[] {
  const runs: Run[] = []
  let at = 0
  for (let k = 1; k <= samples.length; k++) {
    if (k < samples.length && samples[k] === samples[at]) continue
    if (k - at > 1) runs.push({ at, length: k - at })
    at = k
  }
  return runs
}

/** Of neighbours that differ. */
function smallestStep(samples: Samples): number {
  let least = Number.POSITIVE_INFINITY
  for (let k = 1; k < samples.length; k++) {
    const step = Math.abs(samples[k]! - samples[k - 1]!)
    if (step > 0 && step < least) least = step
  }
  return least
}

/** Single precision makes equal steps differ a little. */
function isCrest(samples: Samples, { at, length }: Run, step: number): boolean {
  const value = samples[at]!
  const before = samples[at - 1] ?? value
  const after = samples[at + length] ?? value
  return Math.max(Math.abs(before - value), Math.abs(after - value)) <= 1.01 * step
}

function leastSuspicious(runs: readonly Run[], count: number): number {
  if (isRestless(runs, count)) return LEAST_RUN
  const lengths = runs.map(({ length }) => length).sort((a, b) => a - b)
  // Nineteen of twenty runs are taken as habit, so that a few dropouts do not excuse themselves.
  const usual = lengths[Math.floor(0.95 * (lengths.length - 1))] ?? 1
  const habit = lengths.length < 20 ? lengths.filter((length) => length < LEAST_RUN) : lengths.filter((length) => length <= usual)
  const alike = habit.reduce((sum, length) => sum + length - 1, 1) / count
  const byChance = 1 + Math.log(EXPECTED_BY_CHANCE / count) / Math.log(Math.min(0.999, alike))
  return Math.max(LEAST_RUN, Math.ceil(byChance), lengths.length < 20 ? 0 : 4 * usual)
}

/** Judged without the long runs themselves, so that many dropouts do not pass for habit; unless they are most of the record, which then is made of them. */
function isRestless(runs: readonly Run[], count: number): boolean {
  let [held, alike] = [0, 0]
  for (const { length } of runs) {
    if (length >= LEAST_RUN) held += length
    else alike += length - 1
  }
  return held < count / 2 && alike < RESTLESS_BELOW * (count - held)
}
