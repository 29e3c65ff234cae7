import { coordinate, markupSafe } from './svg-text.js'

export interface Axis {
  readonly low: number
  readonly high: number
  readonly label: string
  /** Instead of round values. */
  readonly ticks?: readonly { readonly at: number; readonly text: string }[]
}

/** Where a chart lies, in pixels; its own axes and title around the plot. */
export interface ChartFrame {
  readonly title: string
  /** A second, quieter line beside the title. */
  readonly note?: string
  readonly x: Axis
  readonly y: Axis
}

export const CHART = { width: 920, height: 250, left: 66, right: 16, top: 34, bottom: 40 } as const
export const PLOT = { width: CHART.width - CHART.left - CHART.right, height: CHART.height - CHART.top - CHART.bottom } as const

/** Maps values onto pixels of the plot. */
export function scalesOf({ x, y }: ChartFrame): { readonly atX: (value: number) => number; readonly atY: (value: number) => number } {
  const span = ({ low, high }: Axis) => (high > low ? high - low : 1)
  return {
    atX: (value) => CHART.left + ((value - x.low) / span(x)) * PLOT.width,
    atY: (value) => CHART.top + PLOT.height - ((Math.min(y.high, Math.max(y.low, value)) - y.low) / span(y)) * PLOT.height,
  }
}

/** Title, grid, ticks and labels around what is drawn. */
export function framed(frame: ChartFrame, drawing: string): string {
  const { atX, atY } = scalesOf(frame)
  const bottom = CHART.top + PLOT.height
  const right = CHART.left + PLOT.width
  const verticals = labelled(frame.x, 8).map(
    ({ at: tick, text }) =>
      `<path class="grid" d="M${coordinate(atX(tick))} ${CHART.top}V${bottom}"/><text class="tick" text-anchor="middle" x="${coordinate(atX(tick))}" y="${bottom + 15}">${markupSafe(text)}</text>`,
  )
  const horizontals = labelled(frame.y, 4).map(
    ({ at: tick, text }) =>
      `<path class="grid" d="M${CHART.left} ${coordinate(atY(tick))}H${right}"/><text class="tick" text-anchor="end" x="${CHART.left - 6}" y="${coordinate(atY(tick) + 3.5)}">${markupSafe(text)}</text>`,
  )
  const note = frame.note === undefined ? '' : `<tspan class="note" dx="10">${markupSafe(frame.note)}</tspan>`
  return `<g class="chart"><text class="title" x="${CHART.left}" y="20">${markupSafe(frame.title)}${note}</text>
${verticals.join('')}${horizontals.join('')}
<path class="axis" d="M${CHART.left} ${CHART.top}V${bottom}H${right}"/>
${drawing}
<text class="label" text-anchor="end" x="${right}" y="${bottom + 32}">${markupSafe(frame.x.label)}</text>
<text class="label" text-anchor="middle" transform="translate(14 ${CHART.top + PLOT.height / 2}) rotate(-90)">${markupSafe(frame.y.label)}</text></g>`
}

/** Round values within an axis: 1, 2 or 5 times a power of ten apart. */
function ticksOf({ low, high }: Axis, about: number): number[] {
  const span = high - low
  if (!(span > 0) || !Number.isFinite(span)) return [low]
  const rough = span / about
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => (first + k) * step)
}

function labelled(axis: Axis, about: number): readonly { readonly at: number; readonly text: string }[] {
  return axis.ticks ?? ticksOf(axis, about).map((at) => ({ at, text: tickText(at) }))
}

function tickText(value: number): string {
  if (Math.abs(value) >= 10_000) return `${Number((value / 1000).toPrecision(4))}k`
  return String(Number(value.toPrecision(4)))
}
