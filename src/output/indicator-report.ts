import { type IndicatorTrend, limitText } from '../analysis/trend/indicator-trend.js'
import { counted } from '../readings/counted.js'
import { terminalSafe } from './terminal-safe.js'
import type { LinePlot } from './trend-report.js'

const PLOT_HEIGHT = 10
const NARROWEST = 30

/** The values as a line, the limit, and since when they lie above it. */
export function formatIndicatorTrend(
  trend: IndicatorTrend,
  { columns, plot }: { readonly columns: number; readonly plot: LinePlot },
): string {
  const { points, baseline, rule, onset, axis } = trend
  const unit = trend.unit === null || trend.unit === '1' ? '' : ` ${trend.unit}`
  const where = (at: number) => (axis === 's' ? `${Number(at.toPrecision(7))} s` : `value ${at + 1}`)
  const width = Math.min(points.length, Math.max(NARROWEST, columns - 16))
  // The greatest of neighbours: an alarm must not be averaged away.
  const highest = Array.from({ length: width }, (_, k) => {
    const from = Math.floor((k * points.length) / width)
    return Math.max(...points.slice(from, Math.max(from + 1, Math.floor(((k + 1) * points.length) / width))).map(({ value }) => value))
  })
  return [
    `${terminalSafe(trend.indicator)}${unit}  ${counted(points.length, 'value')}`,
    '',
    plot(highest, { height: PLOT_HEIGHT }),
    '',
    `limit   ${baseline.limit.toPrecision(5)}${unit}, ${limitText(baseline)} (median ${baseline.median.toPrecision(5)}, MAD ${baseline.mad.toPrecision(3)})`,
    onset === null
      ? `onset   none: ${rule.reasoning}`
      : `onset   at ${where(onset.at)}, certain at ${where(onset.detectedAt)}: ${rule.reasoning}`,
    ...trend.warnings.map((warning) => `warning  ${terminalSafe(warning)}`),
  ].join('\n')
}
