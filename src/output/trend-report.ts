import type { SensorTrend } from '../analysis/trend/sensor-trend.js'
import { counted } from '../readings/counted.js'
import { terminalSafe } from './terminal-safe.js'

/** The plot of asciichart; passed in, as the package is loaded only when it is used. */
export type LinePlot = (series: readonly number[], options: { readonly height: number }) => string

const PLOT_HEIGHT = 10
const NARROWEST = 30

/** The readings as a line, and what they are doing, in one sentence. */
export function formatTrendReport(
  trend: SensorTrend,
  value: Float64Array,
  { columns, plot }: { readonly columns: number; readonly plot: LinePlot },
): string {
  const [low, high] = trend.interval
  const what = trend.direction === 'none' ? 'no trend' : trend.direction
  const sure = Math.round(trend.confidence * 100)
  return [
    `${terminalSafe(trend.sensor)}  ${counted(trend.count, 'reading')} over ${durationText(trend.durationS)}`,
    '',
    plot(meansOf(value, Math.max(NARROWEST, columns - 16)), { height: PLOT_HEIGHT }),
    '',
    `${what}: ${trend.slope.toPrecision(4)} ${trend.slopeUnit}  (${sure} % between ${low.toPrecision(4)} and ${high.toPrecision(4)})`,
    `p ${trend.pValue.toPrecision(2)} (Mann–Kendall), τ ${trend.tau.toFixed(3)}; the line goes from ${trend.line.from.toPrecision(5)} to ${trend.line.to.toPrecision(5)} ${trend.unit ?? ''}`.trimEnd(),
    ...trend.warnings.map((warning) => `warning  ${terminalSafe(warning)}`),
  ].join('\n')
}

/** As many means of neighbouring readings as fit. */
function meansOf(value: Float64Array, columns: number): number[] {
  const points = Math.min(columns, value.length)
  return Array.from({ length: points }, (_, k) => {
    const slice = value.subarray(Math.floor((k * value.length) / points), Math.max(1, Math.floor(((k + 1) * value.length) / points)))
    return slice.reduce((sum, x) => sum + x, 0) / slice.length
  })
}

function durationText(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(1)} s`
  if (seconds < 7200) return `${(seconds / 60).toFixed(1)} min`
  return seconds < 172_800 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(1)} d`
}
