import type { Envelope } from '../../output/envelope-chart.js'
import type { Waveform } from '../../readings/measurement.js'
import { TREND_STEP_MS, type TrendRing } from './envelope-ring.js'

/** A stretch of a trend, ready to draw. */
export interface TrendWindow {
  readonly envelope: Envelope
  readonly spanMs: number
  /** Dot columns without a value that are still drawn through; wider ones are gaps. */
  readonly joinWithinDots: number
}

const SPANS_MS = [30_000, 60_000, 120_000, 300_000] as const
/** A pause of more than this many usual intervals is a gap. */
const GAP_INTERVALS = 3

/** The last 30 s to 5 min of a trend on `dots` dot columns: the shortest span that holds what there is. */
export function trendWindow(trend: TrendRing, dots: number, untilSlot: number): TrendWindow {
  const availableMs = (untilSlot - trend.oldestSlot) * TREND_STEP_MS
  const keptMs = trend.capacity * TREND_STEP_MS
  const spans = SPANS_MS.filter((span) => span <= keptMs)
  const spanMs = spans.find((span) => span >= availableMs) ?? spans.at(-1) ?? SPANS_MS[0]
  const slots = spanMs / TREND_STEP_MS
  const lows = new Float64Array(dots).fill(Number.NaN)
  const highs = new Float64Array(dots).fill(Number.NaN)
  // The grid is moved a whole cell at a time: less to redraw, and no flicker.
  const slotsPerCell = Math.max(1, Math.round((slots * 2) / dots))
  const firstSlot = Math.floor(untilSlot / slotsPerCell) * slotsPerCell - slots
  let filled = 0
  for (let slot = 0; slot < slots; slot++) {
    const low = trend.low(firstSlot + slot)
    if (Number.isNaN(low)) continue
    filled++
    widen({ lows, highs }, Math.floor((slot * dots) / slots), low, trend.high(firstSlot + slot))
  }
  const usualSlots = filled === 0 ? 1 : Math.max(1, Math.min(slots, untilSlot - trend.oldestSlot) / filled)
  return { envelope: { lows, highs }, spanMs, joinWithinDots: Math.max(1, Math.ceil((usualSlots * GAP_INTERVALS * dots) / slots)) }
}

/** A whole block of samples on `dots` dot columns. */
export function waveformEnvelope(waveform: Waveform, dots: number): Envelope {
  const { samples } = waveform
  const lows = new Float64Array(dots).fill(Number.NaN)
  const highs = new Float64Array(dots).fill(Number.NaN)
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index] ?? Number.NaN
    widen({ lows, highs }, Math.floor((index * dots) / samples.length), sample, sample)
  }
  return { lows, highs }
}

function widen(
  { lows, highs }: { readonly lows: Float64Array; readonly highs: Float64Array },
  dot: number,
  low: number,
  high: number,
): void {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return
  const known = lows[dot] ?? Number.NaN
  lows[dot] = Number.isNaN(known) ? low : Math.min(known, low)
  highs[dot] = Number.isNaN(known) ? high : Math.max(highs[dot] ?? high, high)
}
