import { AnalysisFault } from '../analysis-fault.js'

/** A twice differentiable curve through points: its knots and the slope at each. */
export interface CubicSpline {
  /** Shape (n,), increasing. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** dy/dx at the knots. */
  readonly slope: Float64Array
}

/**
 * The cubic spline through points, its end slopes those of the parabola through the last three points of each end.
 *
 * @param x shape (n,), n ≥ 3, strictly increasing.
 * @param y shape (n,).
 * @throws AnalysisFault `too-few-samples`, `out-of-range` where x does not increase.
 * @see [FyfeMunck1997] on why the order of interpolation matters to order tracking.
 */
export function cubicSpline(x: Float64Array, y: Float64Array): CubicSpline {
  const count = x.length
  if (count < 3) throw new AnalysisFault('too-few-samples', `a curve through ${count} points is none`)
  for (let k = 1; k < count; k++) {
    if (!(x[k]! > x[k - 1]!)) throw new AnalysisFault('out-of-range', `the points of a curve do not increase at ${k}`)
  }
  const slope = new Float64Array(count)
  slope[0] = parabolaSlope(x, y, 0)
  slope[count - 1] = parabolaSlope(x, y, count - 1)
  const ratio = new Float64Array(count)
  // Thomas's algorithm on the continuity of the second derivative at the inner knots.
  for (let k = 1; k < count - 1; k++) {
    const before = x[k]! - x[k - 1]!
    const after = x[k + 1]! - x[k]!
    const right = 3 * (((y[k]! - y[k - 1]!) * after) / before + ((y[k + 1]! - y[k]!) * before) / after)
    const last = k === count - 2
    const pivot = 2 * (before + after) - after * ratio[k - 1]!
    slope[k] = (right - after * slope[k - 1]! - (last ? before * slope[count - 1]! : 0)) / pivot
    ratio[k] = last ? 0 : before / pivot
  }
  for (let k = count - 3; k >= 1; k--) slope[k] = slope[k]! - ratio[k]! * slope[k + 1]!
  return { x, y, slope }
}

/**
 * Values on an even grid; beyond the ends the curve runs on straight.
 *
 * @param grid first place, step > 0 and number of places.
 * @returns shape (count,).
 */
export function splineOnGrid(
  spline: CubicSpline,
  grid: { readonly first: number; readonly step: number; readonly count: number },
): Float64Array {
  return evaluated(spline, grid.count, (k) => grid.first + k * grid.step)
}

/**
 * Values at given places.
 * @param places shape (count,), increasing.
 * @returns shape (count,).
 */
export function splineAt(spline: CubicSpline, places: Float64Array): Float64Array {
  return evaluated(spline, places.length, (k) => places[k]!)
}

function evaluated({ x, y, slope }: CubicSpline, count: number, placeOf: (k: number) => number): Float64Array {
  const last = x.length - 1
  const values = new Float64Array(count)
  let k = 0
  for (let i = 0; i < count; i++) {
    const at = placeOf(i)
    while (k < last - 1 && at > x[k + 1]!) k++
    if (at < x[0]!) values[i] = y[0]! + slope[0]! * (at - x[0]!)
    else if (at > x[last]!) values[i] = y[last]! + slope[last]! * (at - x[last]!)
    else {
      const width = x[k + 1]! - x[k]!
      const u = (at - x[k]!) / width
      const v = 1 - u
      values[i] = y[k]! * v * v * (1 + 2 * u) + y[k + 1]! * u * u * (1 + 2 * v) + width * u * v * (slope[k]! * v - slope[k + 1]! * u)
    }
  }
  return values
}

function parabolaSlope(x: Float64Array, y: Float64Array, at: number): number {
  const [a, b, c] = at === 0 ? [0, 1, 2] : [at, at - 1, at - 2]
  const near = (y[b]! - y[a]!) / (x[b]! - x[a]!)
  const far = (y[c]! - y[b]!) / (x[c]! - x[b]!)
  return near + ((far - near) * (x[a]! - x[b]!)) / (x[c]! - x[a]!)
}
