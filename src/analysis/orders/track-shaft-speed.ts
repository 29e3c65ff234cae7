import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { bestPath, type SpeedPath } from './best-path.js'
import { cubicSpline, splineOnGrid } from './cubic-spline.js'
import { followStrongestOrder } from './follow-strongest-order.js'
import { halvedWhile } from './halved-rate.js'
import { PASSED_SHARE } from './resample-by-angle.js'
import { type ShaftPhase, type SpeedSpan, speedSpan } from './shaft-phase.js'
import { speedEvidence } from './speed-evidence.js'

/** The speed that a record itself shows. */
export interface TrackedSpeed extends SpeedSpan {
  readonly kind: 'tracked'
  readonly phase: ShaftPhase
  /** 0–1: how far the family's evidence stands above that of the next best explanation; from 0.5 on it is worth relying on. */
  readonly confidence: number
  /** The order whose phase gave the fine course. */
  readonly followedOrder: number
  /** Speeds within the search that explain the record nearly as well, as multiples of the one found. */
  readonly rivals: readonly number[]
}

/** Why a record does not show its speed. */
export interface UntrackedSpeed {
  readonly kind: 'refused'
  readonly why: string
}

export interface SpeedSearch {
  readonly sampleRateHz: number
  /** The whole course of the speed lies between these, rotations per second. */
  readonly searchHz: { readonly lowHz: number; readonly highHz: number }
  /** Orders that the machine is expected to show; 1 to 5 unless said. */
  readonly orders?: readonly number[]
  /** Frequencies of mains nearby, whose multiples belong to no shaft; none unless said. */
  readonly mainsHz?: readonly number[]
}

const ORDERS = [1, 2, 3, 4, 5]
/** Lengths of a stretch that are tried, in rotations at the middle of the search: short for fast changes, long for weak lines. */
const STRETCHES = [6, 12, 24, 48, 96]
const LEAST_ROTATIONS = 24
/** Evidence a line may have by chance, ln(1 + ratio) over its mean in noise, before a family counts as seen. */
const CLEAR_EVIDENCE = 1
/** The length of a stretch is chosen on this much of a record twice as long or longer. */
const LONG_S = 60
/** A search wider than this expects a run-up: changes within a stretch are tried as well. */
const WIDE_SEARCH = 1.5
const CHANGES = [0, -0.1, 0.1, -0.2, 0.2, -0.3, 0.3, -0.4, 0.4]
/** Stretches at each end whose straight line tells the speed beyond the middle of the last. */
const END_STRETCHES = 5
const RIVAL_RATIOS = [1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 4 / 3, 3 / 2, 2, 3, 4]
/** A rival with this share of the evidence cannot be told from the one found. */
const RIVAL_SHARE = 0.9

/**
 * The shaft's speed from the vibration itself: families of orders vote in short stretches, dynamic programming finds the course, and the phase
 * of the best order sharpens it.
 *
 * @param samples shape (n,), any unit, finite.
 * @param search where to look; a family's fundamental cannot be told from its half or double unless the search leaves them out.
 * @returns the course, or why there is none.
 * @throws AnalysisFault `out-of-range` where the search is no range.
 * @see [Leclere2016], [FyfeMunck1997]
 */
export function trackShaftSpeed(samples: Samples, search: SpeedSearch): TrackedSpeed | UntrackedSpeed {
  const { lowHz, highHz } = search.searchHz
  if (!(lowHz > 0 && highHz > lowHz)) throw new AnalysisFault('out-of-range', `${lowHz} to ${highHz} Hz is no range of speeds`)
  const carriedHz = PASSED_SHARE * search.sampleRateHz
  const orders = (search.orders ?? ORDERS).filter((order) => order * lowHz < carriedHz)
  const durationS = samples.length / search.sampleRateHz
  const middleHz = Math.sqrt(lowHz * highHz)
  if (durationS * middleHz < LEAST_ROTATIONS) {
    return refused(
      `${durationS.toPrecision(3)} s hold about ${Math.floor(durationS * middleHz)} rotations, at least ${LEAST_ROTATIONS} are needed`,
    )
  }
  if (orders.length === 0) return refused(`a rate of ${search.sampleRateHz} Hz carries none of the orders`)
  const record = halvedWhile({ samples, sampleRateHz: search.sampleRateHz }, Math.min(carriedHz, Math.max(...orders) * highHz))
  const mainsHz = search.mainsHz ?? []
  const coarse = coarseCourse(record, { lowHz, highHz, orders, mainsHz, stretchesS: stretches(durationS, middleHz) })
  if (coarse.path.meanEvidence - coarse.path.meanElsewhere < CLEAR_EVIDENCE) {
    return refused(`no family of lines follows one speed between ${lowHz.toFixed(1)} and ${highHz.toFixed(1)} Hz`)
  }
  return sharpened(record, { coarse, orders, mainsHz, durationS, searchHz: search.searchHz })
}

function refused(why: string): UntrackedSpeed {
  return { kind: 'refused', why }
}

function stretches(durationS: number, middleHz: number): number[] {
  const fitting = STRETCHES.map((rotations) => rotations / middleHz).filter((lengthS) => lengthS <= durationS / 4)
  return fitting.length > 0 ? fitting : [durationS / 4]
}

interface CourseSearch {
  readonly lowHz: number
  readonly highHz: number
  readonly orders: readonly number[]
  readonly mainsHz: readonly number[]
}

interface Coarse {
  readonly windowS: number
  readonly path: SpeedPath
  readonly timeS: Float64Array
  readonly rivals: readonly { readonly ratio: number; readonly share: number }[]
}

/** The stretch whose length suits the speed's changes shows the most evidence; in a long record its middle minutes decide. */
function coarseCourse(
  record: { readonly samples: Samples; readonly sampleRateHz: number },
  options: CourseSearch & { readonly stretchesS: readonly number[] },
): Coarse {
  const decisive = Math.round(LONG_S * record.sampleRateHz)
  if (record.samples.length < 2 * decisive) return bestCourse(record, options)
  const from = Math.floor((record.samples.length - decisive) / 2)
  const { windowS } = bestCourse({ ...record, samples: record.samples.subarray(from, from + decisive) }, options)
  return bestCourse(record, { ...options, stretchesS: [windowS] })
}

function bestCourse(
  record: { readonly samples: Samples; readonly sampleRateHz: number },
  options: CourseSearch & { readonly stretchesS: readonly number[] },
): Coarse {
  let best: Coarse | null = null
  const changes = options.highHz > WIDE_SEARCH * options.lowHz ? CHANGES : [0]
  for (const windowS of options.stretchesS) {
    const evidence = speedEvidence(record.samples, { ...options, sampleRateHz: record.sampleRateHz, windowS, changes })
    const path = bestPath(evidence, { highestOrder: Math.max(...options.orders), greatestChange: Math.max(...changes) })
    if (best && path.meanEvidence <= best.path.meanEvidence) continue
    const over = (value: number) => value - path.meanElsewhere
    const rivals = RIVAL_RATIOS.map((ratio) => {
      let sum = 0
      for (const [frame, hz] of path.shaftHz.entries()) {
        const at = Math.round((hz * ratio - evidence.lowHz) / evidence.stepHz)
        sum += evidence.rows[frame]![at] ?? path.meanElsewhere
      }
      return { ratio, share: over(sum / path.shaftHz.length) / Math.max(1e-9, over(path.meanEvidence)) }
    })
    best = { windowS, path, timeS: evidence.timeS, rivals }
  }
  return best!
}

function sharpened(
  record: { readonly samples: Samples; readonly sampleRateHz: number },
  options: {
    readonly coarse: Coarse
    readonly orders: readonly number[]
    readonly mainsHz: readonly number[]
    readonly durationS: number
    readonly searchHz: SpeedSearch['searchHz']
  },
): TrackedSpeed | UntrackedSpeed {
  const { coarse, orders, durationS } = options
  const followed = followStrongestOrder(record, { phase: integrated(coarse, durationS), orders, mainsHz: options.mainsHz })
  if (!followed) return refused('no order stands far enough over the noise to follow its phase')
  const { phase, order } = followed
  const span = speedSpan(phase)
  const { lowHz, highHz } = options.searchHz
  if (span.minHz < 0.9 * lowHz || span.maxHz > 1.1 * highHz) return refused('the course that was found leaves the range that was searched')
  const worst = Math.max(0, ...coarse.rivals.map(({ share }) => share))
  return {
    kind: 'tracked',
    ...span,
    phase,
    confidence: Math.max(0, Math.min(1, 1 - worst)),
    followedOrder: order,
    rivals: coarse.rivals.filter(({ share }) => share >= RIVAL_SHARE).map(({ ratio }) => ratio),
  }
}

/** Rotations from a course of speed, by a spline through it and the trapezoidal rule on a finer grid. */
function integrated(coarse: Coarse, durationS: number): ShaftPhase {
  const { shaftHz } = coarse.path
  const timeS = Float64Array.from([0, ...coarse.timeS, durationS])
  const reach = Math.min(END_STRETCHES, shaftHz.length)
  const ends = [0, durationS].map((at, end) => {
    const from = end === 0 ? 0 : shaftHz.length - reach
    return straightLineAt(coarse.timeS.slice(from, from + reach), shaftHz.slice(from, from + reach), at)
  })
  const slowest = shaftHz.reduce((least, hz) => Math.min(least, hz), Number.POSITIVE_INFINITY)
  const bounded = Float64Array.from([ends[0]!, ...shaftHz, ends[1]!], (hz) => Math.max(hz, slowest / 2))
  // A place a turn at least: the correction that follows is known about as finely.
  const count = Math.max(8, 4 * timeS.length, Math.ceil(durationS * Math.max(...ends, slowest)))
  const step = durationS / (count - 1)
  const course = splineOnGrid(cubicSpline(timeS, bounded), { first: 0, step, count })
  const revolutions = new Float64Array(count)
  for (let k = 1; k < count; k++) revolutions[k] = revolutions[k - 1]! + Math.max(slowest / 4, (course[k]! + course[k - 1]!) / 2) * step
  return { timeS: Float64Array.from({ length: count }, (_, k) => k * step), revolutions }
}

/** The least-squares straight line through points, at a place. */
function straightLineAt(x: Float64Array, y: Float64Array, at: number): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [middle, level] = [mean(x), mean(y)]
  const spread = x.reduce((sum, value) => sum + (value - middle) ** 2, 0)
  const slope = spread > 0 ? x.reduce((sum, value, k) => sum + (value - middle) * (y[k]! - level), 0) / spread : 0
  return level + slope * (at - middle)
}
