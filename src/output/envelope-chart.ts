import { asciiCanvas } from './ascii-canvas.js'
import { brailleCanvas, type DotCanvas } from './braille-canvas.js'

/** A curve reduced to its lowest and highest value per dot column; NaN where there was nothing. */
export interface Envelope {
  /** Shape (dots,). */
  readonly lows: Float64Array
  /** Shape (dots,). */
  readonly highs: Float64Array
  /** Dot columns in which something was said to be missing: nothing is drawn through them. */
  readonly breaks?: ReadonlySet<number>
}

export interface Scale {
  readonly low: number
  readonly high: number
}

/** The scale that shows an envelope with a little air; undefined where it is empty. */
export function scaleOf(envelope: Envelope): Scale | undefined {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of envelope.lows) if (value < low) low = value
  for (const value of envelope.highs) if (value > high) high = value
  if (low > high) return undefined
  return niceScale(low, high)
}

/**
 * Draws an envelope: a bar from lowest to highest per dot column, joined to its neighbour; gaps of more than
 * `joinWithinDots` dot columns stay gaps.
 *
 * @returns rows of text from the top, each `columns` wide.
 */
export function drawEnvelope(
  envelope: Envelope,
  scale: Scale,
  size: { readonly columns: number; readonly rows: number; readonly joinWithinDots: number; readonly dots?: 'braille' | 'ascii' },
): readonly string[] {
  const canvas = size.dots === 'ascii' ? asciiCanvas(size) : brailleCanvas(size)
  const heightOf = (value: number): number => Math.round(((value - scale.low) / (scale.high - scale.low)) * (canvas.dotsHigh - 1))
  let last: { readonly dot: number; readonly low: number; readonly high: number } | undefined
  for (let dot = 0; dot < canvas.dotsWide; dot++) {
    const lowest = envelope.lows[dot] ?? Number.NaN
    if (Number.isNaN(lowest)) {
      if (envelope.breaks?.has(dot) === true) last = undefined
      continue
    }
    const low = heightOf(lowest)
    const high = heightOf(envelope.highs[dot] ?? lowest)
    if (last && dot - last.dot <= size.joinWithinDots) join(canvas, last, { dot, low, high })
    canvas.bar(dot, low, high)
    last = { dot, low, high }
  }
  return canvas.rows()
}

type Bar = { readonly dot: number; readonly low: number; readonly high: number }

/** A line between the nearest ends of two bars. */
function join(canvas: DotCanvas, from: Bar, to: Bar): void {
  const start = to.low > from.high ? from.high : to.high < from.low ? from.low : Math.min(from.high, to.high)
  const end = to.low > from.high ? to.low : to.high < from.low ? to.high : start
  const dots = to.dot - from.dot
  let previous = start
  for (let step = 1; step <= dots; step++) {
    const height = Math.round(start + ((end - start) * step) / dots)
    canvas.bar(from.dot + step, previous, height)
    previous = height
  }
}

/** Round numbers around low…high (1, 2, 2.5 or 5 × 10ⁿ a step), so that the axis stays put while the curve moves. */
export function niceScale(low: number, high: number): Scale {
  const span = high - low
  if (!(span > 0)) {
    const air = Math.max(Math.abs(low) * 0.05, 1e-9)
    return niceScale(low - (low === 0 ? 1 : air), high + (low === 0 ? 1 : air))
  }
  const raw = span / 4
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power
  return { low: Math.floor(low / step) * step, high: Math.ceil(high / step) * step }
}
