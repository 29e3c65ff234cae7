import { type HistoryWindow, historyWindow } from './history-window.js'
import { FINEST_STEP_MS, type SensorHistory } from './sensor-history.js'

/** Spans that a chart without a chosen one grows through. */
const SPANS_MS = [30_000, 60_000, 120_000, 300_000, 900_000, 3_600_000] as const

/**
 * The last 30 s to 1 h of a sensor on `dots` dot columns: the shortest span that holds what there is, or the one that is asked for. Its left edge
 * lies on a grid of whole cells (2 dots), so that the curve moves a cell at a time: less to redraw, and no flicker.
 */
export function recentWindow(
  history: SensorHistory,
  wanted: { readonly dots: number; readonly untilMs: number; readonly spanMs?: number },
): HistoryWindow {
  const { dots, untilMs } = wanted
  const spanMs = wanted.spanMs ?? fittingSpan(history, untilMs)
  const cellMs = Math.max(FINEST_STEP_MS, Math.round((spanMs * 2) / dots / FINEST_STEP_MS) * FINEST_STEP_MS)
  const end = Math.floor(untilMs / cellMs) * cellMs
  return historyWindow(history, { fromMs: end - spanMs, untilMs: end, dots })
}

function fittingSpan(history: SensorHistory, untilMs: number): number {
  const coarsest = history.rings.at(-1)
  const availableMs = history.finest && coarsest ? untilMs - Math.min(oldestMs(history.finest), oldestMs(coarsest) + coarsest.stepMs) : 0
  return SPANS_MS.find((span) => span >= availableMs) ?? SPANS_MS.at(-1) ?? SPANS_MS[0]
}

function oldestMs(ring: { readonly oldestSlot: number; readonly stepMs: number }): number {
  return ring.oldestSlot * ring.stepMs
}
