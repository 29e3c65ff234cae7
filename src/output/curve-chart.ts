import { type EpochMicros, formatMicros } from '../readings/time.js'
import { cutWidth, displayWidth } from './display-width.js'
import { drawEnvelope, type Envelope, niceScale, type Scale, scaleOf } from './envelope-chart.js'
import { numberText } from './number-text.js'
import { terminalSafe } from './terminal-safe.js'
import { timeAxis } from './time-axis.js'

export interface ChartCurve {
  readonly name: string
  readonly unit: string | null
  readonly last: number | null
  readonly envelope: Envelope
  readonly joinWithinDots: number
}

export interface ChartStyle {
  /** Of the whole chart. */
  readonly columns: number
  /** Of the curves together, titles included; each has at least four. */
  readonly rows: number
  readonly dots: 'braille' | 'ascii'
  readonly paint: { readonly curve: (text: string) => string; readonly label: (text: string) => string }
}

/** Columns left of the curves: the labels of the axis, and the axis. */
export const GUTTER = 11
const MIN_ROWS = 4
const MAX_ROWS = 14

/** Curves under each other over one axis of time, each on a scale of its own, as each has its unit. */
export function curveChart(
  chart: { readonly from: EpochMicros; readonly to: EpochMicros; readonly curves: readonly ChartCurve[] },
  style: ChartStyle,
): string {
  const { dots, paint } = style
  const columns = style.columns - GUTTER
  const rows = Math.max(MIN_ROWS, Math.min(MAX_ROWS, Math.floor(style.rows / Math.max(1, chart.curves.length)) - 1))
  const { rule, labels } = timeAxis(chart, columns, dots)
  const corner = dots === 'ascii' ? '+' : '└'
  const arrow = dots === 'ascii' ? 'to' : '–'
  return [
    ...chart.curves.flatMap((curve) => panel(curve, { ...style, columns, rows })),
    paint.label(`${' '.repeat(GUTTER - 1)}${corner}${rule}`),
    paint.label(`${' '.repeat(GUTTER)}${labels}`.trimEnd()),
    paint.label(`${' '.repeat(GUTTER)}${shortTime(chart.from)} ${arrow} ${shortTime(chart.to)} UTC`),
  ].join('\n')
}

function panel(curve: ChartCurve, { columns, rows, dots, paint }: ChartStyle): string[] {
  const side = dots === 'ascii' ? '|' : '│'
  const scale = scaleOf(curve.envelope) ?? niceScale(0, 0)
  const labelled = new Map(
    [scale.high, (scale.high + scale.low) / 2, scale.low].map((value, i) => [Math.round(((rows - 1) * i) / 2), value]),
  )
  const drawn = drawEnvelope(curve.envelope, scale, { columns, rows, joinWithinDots: curve.joinWithinDots, dots })
  return [
    titleOf(curve, columns + GUTTER),
    ...drawn.map((row, i) => {
      const value = labelled.get(i)
      const label = value === undefined ? '' : axisText(value, scale)
      return `${paint.label(`${label.padStart(GUTTER - 2)} ${side}`)}${paint.curve(row.trimEnd())}`
    }),
  ]
}

/** Name and unit, then how far it went and where it ended, as far as there is room. */
function titleOf({ name, unit, last, envelope }: ChartCurve, columns: number): string {
  const unitText = unit === null ? '' : ` ${unit}`
  const lows = envelope.lows.filter((low) => !Number.isNaN(low))
  const facts =
    lows.length === 0
      ? 'nothing to draw'
      : [
          `min ${numberText(lows.reduce((a, b) => Math.min(a, b)))}`,
          `max ${numberText(envelope.highs.reduce((a, b) => (Number.isNaN(b) ? a : Math.max(a, b)), Number.NEGATIVE_INFINITY))}`,
          ...(last === null ? [] : [`last ${numberText(last)}`]),
        ].join('  ')
  const told = terminalSafe(`${facts}${unitText}`, { maxWidth: 60 })
  const room = columns - displayWidth(told) - 2
  return `${cutWidth(terminalSafe(name), Math.max(8, room))}${name === '' ? '' : '  '}${told}`
}

function axisText(value: number, { low, high }: Scale): string {
  const span = high - low
  const largest = Math.max(Math.abs(low), Math.abs(high))
  if (largest >= 1e7 || span < 1e-5) return value.toExponential(2)
  const digits = Math.max(0, Math.min(7, 3 - Math.floor(Math.log10(span))))
  return String(Number(value.toFixed(digits)))
}

/** To the second; no Z, as UTC is told once. */
function shortTime(micros: EpochMicros): string {
  return formatMicros(micros).slice(0, 19).replace('T', ' ')
}
