import type { SensorHistory } from './sensor-history.js'

/** Spans that a chart without a chosen one grows through. */
const SPANS_MS = [30_000, 60_000, 120_000, 300_000, 900_000, 3_600_000] as const
export const LONGEST_AUTOMATIC_MS = 3_600_000

/** The shortest span, 30 s to 1 h, that holds what there is of a sensor up to a moment (ms since the epoch). */
export function fittingSpan(history: SensorHistory | undefined, untilMs: number): number {
  const coarsest = history?.rings.at(-1)
  const availableMs = history?.finest && coarsest ? untilMs - Math.min(oldestMs(history.finest), oldestMs(coarsest) + coarsest.stepMs) : 0
  return SPANS_MS.find((span) => span >= availableMs) ?? LONGEST_AUTOMATIC_MS
}

function oldestMs(ring: { readonly oldestSlot: number; readonly stepMs: number }): number {
  return ring.oldestSlot * ring.stepMs
}
