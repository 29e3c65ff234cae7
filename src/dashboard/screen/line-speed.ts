/** How fast the terminal takes what is written to it: over ssh it is the line that decides. */
export interface LineSpeed {
  readonly speed: 'fast' | 'slow'
  /** Writes in a row that took long while fast, that did not while slow. */
  readonly against: number
  /** Since when it is as it is. */
  readonly sinceMs: number
  /** So long it stays slow at least; longer each time it was trusted too early. */
  readonly restMs: number
}

/** One frame's time: whoever takes longer for a frame cannot take five a second. */
const LONG_MS = 200
const LONG_IN_A_ROW = 3
/** One as long as this says enough. */
const STALLED_MS = 2000
const SHORT_IN_A_ROW = 10
const FIRST_REST_MS = 30_000
const LONGEST_REST_MS = 600_000
/** A line that is slow again this soon was trusted too early. */
const TOO_EARLY_MS = 60_000

export const FRESH_LINE: LineSpeed = { speed: 'fast', against: 0, sinceMs: Number.NEGATIVE_INFINITY, restMs: FIRST_REST_MS }

/** After a write that took `tookMs` until the terminal had all of it. */
export function afterWrite(line: LineSpeed, { tookMs, nowMs }: { readonly tookMs: number; readonly nowMs: number }): LineSpeed {
  if (line.speed === 'fast') {
    if (tookMs <= LONG_MS) return line.against === 0 ? line : { ...line, against: 0 }
    const against = line.against + 1
    if (against < LONG_IN_A_ROW && tookMs < STALLED_MS) return { ...line, against }
    const wasEarly = nowMs - line.sinceMs < TOO_EARLY_MS
    const restMs = wasEarly ? Math.min(LONGEST_REST_MS, line.restMs * 2) : FIRST_REST_MS
    return { speed: 'slow', against: 0, sinceMs: nowMs, restMs }
  }
  const against = tookMs > LONG_MS ? 0 : line.against + 1
  if (against >= SHORT_IN_A_ROW && nowMs - line.sinceMs >= line.restMs) return { ...line, speed: 'fast', against: 0, sinceMs: nowMs }
  return against === line.against ? line : { ...line, against }
}
