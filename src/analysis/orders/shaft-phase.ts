import { AnalysisFault } from '../analysis-fault.js'
import { cubicSpline, splineOnGrid } from './cubic-spline.js'

const WANDER_PARTS = 8

/** How far a shaft has turned at some moments; between them a smooth curve. */
export interface ShaftPhase {
  /** Shape (n,), n ≥ 3, seconds from the first sample, increasing. */
  readonly timeS: Float64Array
  /** Shape (n,), rotations, increasing. */
  readonly revolutions: Float64Array
}

export interface SpeedSpan {
  readonly meanHz: number
  readonly minHz: number
  readonly maxHz: number
}

/**
 * A shaft that turns evenly.
 * @param shaftHz rotations per second, > 0.
 * @param durationS > 0.
 */
export function steadyPhase(shaftHz: number, durationS: number): ShaftPhase {
  return {
    timeS: Float64Array.of(0, durationS / 2, durationS),
    revolutions: Float64Array.of(0, (shaftHz * durationS) / 2, shaftHz * durationS),
  }
}

/**
 * Mean, least and greatest speed between neighbouring moments, rotations per second.
 * @throws AnalysisFault `out-of-range` where the shaft turns back or stands still.
 */
export function speedSpan({ timeS, revolutions }: ShaftPhase): SpeedSpan {
  const last = timeS.length - 1
  let minHz = Number.POSITIVE_INFINITY
  let maxHz = 0
  for (let k = 1; k <= last; k++) {
    const hz = (revolutions[k]! - revolutions[k - 1]!) / (timeS[k]! - timeS[k - 1]!)
    if (!(hz > 0) || !Number.isFinite(hz)) {
      throw new AnalysisFault('out-of-range', `the shaft does not turn forwards at ${timeS[k]!.toFixed(3)} s`)
    }
    if (hz < minHz) minHz = hz
    if (hz > maxHz) maxHz = hz
  }
  return { meanHz: (revolutions[last]! - revolutions[0]!) / (timeS[last]! - timeS[0]!), minHz, maxHz }
}

/**
 * How far the mean speeds of eight equal parts of the time lie apart, rotations per second: real wander, without what the measurement of
 * single turns adds.
 */
export function slowWander(phase: ShaftPhase): number {
  const first = phase.timeS[0]!
  const step = (phase.timeS.at(-1)! - first) / WANDER_PARTS
  const turned = splineOnGrid(cubicSpline(phase.timeS, phase.revolutions), { first, step, count: WANDER_PARTS + 1 })
  const speeds = Array.from({ length: WANDER_PARTS }, (_, k) => (turned[k + 1]! - turned[k]!) / step)
  return Math.max(...speeds) - Math.min(...speeds)
}
