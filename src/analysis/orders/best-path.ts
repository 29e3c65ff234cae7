import type { SpeedEvidence } from './speed-evidence.js'

/** A course of speed through a record. */
export interface SpeedPath {
  /** Shape (frames,), rotations per second. */
  readonly shaftHz: Float64Array
  /** Mean evidence along it, without what its bends cost. */
  readonly meanEvidence: number
  /** Mean evidence of all speeds in all stretches: what noise and other lines give. */
  readonly meanElsewhere: number
}

/** What the steepest allowed change from one stretch to the next costs, in units of evidence. */
const BEND_COST = 0.5

/**
 * The course with the most evidence whose speed changes little from one stretch to the next (a quarter of a stretch apart): Viterbi's dynamic
 * programming, in frames × speeds × allowed changes.
 *
 * @param options.highestOrder the change keeps this order within a window's width,
 * @param options.greatestChange or is what the stretches were tried for, a share of the speed in one stretch; whichever is more.
 * @see [Leclere2016]
 */
export function bestPath(evidence: SpeedEvidence, options: { readonly highestOrder: number; readonly greatestChange: number }): SpeedPath {
  const { rows, stepHz, lowHz, windowS } = evidence
  const frames = rows.length
  const speeds = rows[0]?.length ?? 0
  const highHz = lowHz + speeds * stepHz
  const reach = Math.max(
    1,
    Math.round(2 / (windowS * options.highestOrder * stepHz)),
    Math.round((options.greatestChange * highHz) / 4 / stepHz),
  )
  const cost = Float64Array.from({ length: 2 * reach + 1 }, (_, k) => BEND_COST * ((k - reach) / reach) ** 2)
  const from = Array.from({ length: frames }, () => new Int32Array(speeds))
  let total = Float64Array.from(rows[0] ?? [])
  for (let frame = 1; frame < frames; frame++) {
    const next = new Float64Array(speeds)
    for (let speed = 0; speed < speeds; speed++) {
      let best = Number.NEGATIVE_INFINITY
      for (let before = Math.max(0, speed - reach); before <= Math.min(speeds - 1, speed + reach); before++) {
        const score = total[before]! - cost[before - speed + reach]!
        if (score > best) {
          best = score
          from[frame]![speed] = before
        }
      }
      next[speed] = best + rows[frame]![speed]!
    }
    total = next
  }
  let speed = total.reduce((best, score, k) => (score > total[best]! ? k : best), 0)
  const shaftHz = new Float64Array(frames)
  let sum = 0
  for (let frame = frames - 1; frame >= 0; frame--) {
    shaftHz[frame] = lowHz + (speed + vertex(rows[frame]!, speed)) * stepHz
    sum += rows[frame]![speed]!
    speed = from[frame]![speed]!
  }
  const all = rows.reduce((mean, row) => mean + row.reduce((part, value) => part + value, 0) / (speeds * frames), 0)
  return { shaftHz, meanEvidence: sum / frames, meanElsewhere: all }
}

/** Where between −½ and ½ step the parabola through a peak and its neighbours has its top. */
function vertex(row: Float64Array, at: number): number {
  const left = row[at - 1] ?? row[at]!
  const right = row[at + 1] ?? row[at]!
  const curvature = left - 2 * row[at]! + right
  return curvature < 0 ? Math.max(-0.5, Math.min(0.5, (left - right) / (2 * curvature))) : 0
}
