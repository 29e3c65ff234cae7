import { type ChartStyle, curveChart, GUTTER } from '../output/curve-chart.js'
import { plotCurves } from './plot-curves.js'
import type { WriteLines } from './write-lines.js'

const MAX_CURVES = 8

/** Draws a result: a curve for each sensor over one axis of time. */
export function plotWriter(style: ChartStyle): WriteLines {
  return async (statement, to) => {
    const dots = (style.columns - GUTTER) * (style.dots === 'braille' ? 2 : 1)
    const { from, to: until, curves, more, rows } = await plotCurves(statement, { dots, maxCurves: MAX_CURVES })
    if (curves.length === 0) {
      await to.write('no rows, nothing to draw\n')
      return rows
    }
    const rest = more === 0 ? '' : `; ${more} more ${more === 1 ? 'curve is' : 'curves are'} not shown: WHERE sensor = … chooses`
    await to.write(`${curveChart({ from, to: until, curves }, style)}\n${rows} ${rows === 1 ? 'row' : 'rows'}${rest}\n`)
    return rows
  }
}
