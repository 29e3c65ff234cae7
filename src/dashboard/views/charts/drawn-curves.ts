import type { Picture } from '../../picture.js'
import type { Style } from '../../rows/style.js'
import type { ShownTime } from './chart-time.js'
import type { Axes } from './charts-state.js'
import type { DrawnCurve } from './curve-plot.js'
import { sensorCurve } from './sensor-curve.js'

const LOOKS: readonly Style[] = (['cyan', 'yellow', 'magenta', 'green', 'blue', 'red'] as const).map((colour) => ({ colour }))
const LETTERS = 'ABCDEF'
const UNSEEN = { low: 0, high: 1 } as const

/** The curves of these rows with the scales that the axes ask for. */
export function drawnCurves(picture: Picture, rows: readonly number[], shown: ShownTime, axes: Axes): readonly DrawnCurve[] {
  const { live } = picture
  const curves = rows.map((row) => sensorCurve(live, row, shown))
  const isShared = settledAxes(picture, rows, axes) === 'shared'
  const scales = curves.flatMap(({ scale }) => (scale ? [scale] : []))
  const common =
    scales.length === 0 ? UNSEEN : { low: Math.min(...scales.map(({ low }) => low)), high: Math.max(...scales.map(({ high }) => high)) }
  return curves.map((curve, index): DrawnCurve => {
    const style = LOOKS[index % LOOKS.length] ?? {}
    return { curve, scale: isShared ? common : (curve.scale ?? UNSEEN), style, letter: LETTERS[index] ?? '?' }
  })
}

/** Curves of different units on one scale say nothing, so `fitting` gives each its own. */
export function settledAxes({ live }: Picture, rows: readonly number[], axes: Axes): 'shared' | 'own' | 'strips' {
  if (axes !== 'fitting') return axes
  return rows.every((row) => live.units[row] === live.units[rows[0] ?? -1]) ? 'shared' : 'own'
}
