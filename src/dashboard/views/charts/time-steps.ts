import type { Picture } from '../../picture.js'
import { type ChartTime, nowMs, type ShownTime, SPANS_MS } from './chart-time.js'

const PAN_SHARE = 0.25
const KEPT_MS = SPANS_MS.at(-1) ?? 0

/** One span shorter or longer; the cursor stays where it is on the screen, else the right edge. */
export function zoomTime(time: ChartTime, shown: ShownTime, direction: 'in' | 'out'): ChartTime {
  const now = shown.untilMs - shown.fromMs
  const spanMs = direction === 'in' ? SPANS_MS.findLast((span) => span < now) : SPANS_MS.find((span) => span > now)
  if (spanMs === undefined) return time
  const { cursorMs } = time
  if (cursorMs === null || shown.cursorCell === null) return { ...time, spanMs }
  const share = (shown.untilMs - cursorMs) / now
  return { ...time, spanMs, untilMs: cursorMs + share * spanMs }
}

/** A quarter of the span back or on; whoever comes to now goes on with it. */
export function panTime(time: ChartTime, shown: ShownTime, direction: -1 | 1, picture: Picture): ChartTime {
  const spanMs = shown.untilMs - shown.fromMs
  const now = nowMs(picture)
  const untilMs = Math.max(now - KEPT_MS, (time.untilMs ?? now) + direction * spanMs * PAN_SHARE)
  return { ...time, spanMs, untilMs: untilMs >= now ? null : untilMs }
}

/** The cursor a few cells on; at an edge the chart moves with it. */
export function moveCursor(time: ChartTime, shown: ShownTime, cells: number, picture: Picture): ChartTime {
  if (time.cursorMs === null) return time
  const from = shown.cursorCell ?? (cells < 0 ? shown.cells : -1)
  const to = from + cells
  const cursorMs = shown.fromMs + (Math.max(0, Math.min(shown.cells - 1, to)) + 0.5) * shown.cellMs
  if (to >= 0 && to < shown.cells) return { ...time, cursorMs }
  return { ...panTime(time, shown, to < 0 ? -1 : 1, picture), cursorMs }
}

/** A cursor at what came last, or none. It stays with its moment, so it moves to the left while the chart goes on. */
export function toggleCursor(time: ChartTime, shown: ShownTime): ChartTime {
  if (time.cursorMs !== null) return { ...time, cursorMs: null }
  return { ...time, cursorMs: shown.fromMs + (shown.cells - 1.5) * shown.cellMs }
}
