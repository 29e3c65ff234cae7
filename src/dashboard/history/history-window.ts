import type { Envelope } from '../../output/envelope-chart.js'
import type { Grade } from './envelope-ring.js'
import { GRADES } from './envelope-ring.js'
import type { SensorHistory } from './sensor-history.js'

/** A stretch of a sensor's past, ready to draw. */
export interface HistoryWindow {
  readonly envelope: Envelope
  readonly fromMs: number
  readonly untilMs: number
  /** Dot columns without a value that are still drawn through; wider ones are gaps. */
  readonly joinWithinDots: number
  /** The worst quality per dot column. Shape (dots,). */
  readonly grades: readonly Grade[]
}

/** A pause of more than this many usual intervals is a gap. */
const GAP_INTERVALS = 3

/**
 * What is known of a sensor between two times (ms since the epoch) on `dots` dot columns. Where a column holds several steps it says the lowest and
 * highest of them; where bad readings and none other fell into it, nothing is drawn through it.
 */
export function historyWindow(
  history: SensorHistory,
  span: { readonly fromMs: number; readonly untilMs: number; readonly dots: number },
): HistoryWindow {
  const { fromMs, untilMs, dots } = span
  const lows = new Float64Array(dots).fill(Number.NaN)
  const highs = new Float64Array(dots).fill(Number.NaN)
  const worst = new Uint8Array(dots)
  const ring = history.reaching(fromMs)
  const breaks = new Set<number>()
  let filled = 0
  let first = Number.NaN
  if (ring) {
    const [from, until] = [Math.max(ring.slotOf(fromMs), ring.oldestSlot), Math.min(ring.slotOf(untilMs), ring.newestSlot)]
    for (let slot = from; slot <= until; slot++) {
      const dot = Math.max(0, Math.min(dots - 1, Math.floor(((slot * ring.stepMs - fromMs) * dots) / (untilMs - fromMs))))
      const grade = GRADES.indexOf(ring.grade(slot))
      if (grade > (worst[dot] ?? 0)) worst[dot] = grade
      const low = ring.low(slot)
      if (Number.isNaN(low)) continue
      if (Number.isNaN(first)) first = slot
      filled++
      widen({ lows, highs }, dot, low, ring.high(slot))
    }
    for (let dot = 0; dot < dots; dot++) if (worst[dot] === GRADES.length - 1 && Number.isNaN(lows[dot])) breaks.add(dot)
    const usualSlots = filled === 0 ? 1 : Math.max(1, (until - first + 1) / filled)
    const dotsPerSlot = (ring.stepMs * dots) / (untilMs - fromMs)
    const joinWithinDots = Math.max(1, Math.ceil(usualSlots * GAP_INTERVALS * dotsPerSlot))
    return { envelope: { lows, highs, breaks }, fromMs, untilMs, joinWithinDots, grades: gradesOf(worst) }
  }
  return { envelope: { lows, highs, breaks }, fromMs, untilMs, joinWithinDots: 1, grades: gradesOf(worst) }
}

function gradesOf(worst: Uint8Array): readonly Grade[] {
  return Array.from(worst, (code) => GRADES[code] ?? 'nothing')
}

/** Makes room for a value in a dot column. */
export function widen(
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
