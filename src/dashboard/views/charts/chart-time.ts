import { fittingSpan, LONGEST_AUTOMATIC_MS } from '../../history/fitting-span.js'
import { FINEST_STEP_MS } from '../../history/sensor-history.js'
import type { Picture } from '../../picture.js'

/** Which stretch of the past a person looks at. Plain JSON. */
export interface ChartTime {
  /** Null: the shortest that holds what there is, up to an hour. */
  readonly spanMs: number | null
  /** The right edge, ms since the epoch; null: now, and the chart goes on. */
  readonly untilMs: number | null
  /** Where the cursor stands, ms since the epoch; null: there is none. */
  readonly cursorMs: number | null
}

/** A stretch as it is drawn. While it goes on, its edges lie on a grid of whole cells, so that it moves a cell at a time. */
export interface ShownTime {
  readonly fromMs: number
  readonly untilMs: number
  readonly cellMs: number
  readonly cells: number
  /** The cell under the cursor; null where there is none or it lies outside. */
  readonly cursorCell: number | null
}

export const FIRST_TIME: ChartTime = { spanMs: null, untilMs: null, cursorMs: null }
/** Spans that zooming goes through; the last is what the coarsest history keeps. */
export const SPANS_MS = [10, 30, 60, 120, 300, 900, 3600, 7200, 21_600, 86_400].map((seconds) => seconds * 1000)
/** A chart on a slow line moves every five seconds. */
const LOW_BANDWIDTH_STEP_MS = 5000

/** The stretch that a choice means now, for sensors (rows of `live`) on so many cells. */
export function shownTime(picture: Picture, rows: readonly number[], time: ChartTime, cells: number): ShownTime {
  const now = nowMs(picture)
  const spanMs = time.spanMs ?? longest(rows.map((row) => fittingSpan(picture.live.histories[row], now)))
  const cellMs = Math.max(FINEST_STEP_MS, Math.round(spanMs / cells / FINEST_STEP_MS) * FINEST_STEP_MS)
  const untilMs = time.untilMs ?? Math.floor(now / cellMs) * cellMs
  const fromMs = untilMs - spanMs
  const cursor = time.cursorMs === null ? null : Math.floor(((time.cursorMs - fromMs) * cells) / spanMs)
  return { fromMs, untilMs, cellMs: spanMs / cells, cells, cursorCell: cursor === null || cursor < 0 || cursor >= cells ? null : cursor }
}

export function nowMs({ moment, bandwidth }: Pick<Picture, 'moment' | 'bandwidth'>): number {
  const ms = moment.now / 1000
  return bandwidth === 'low' ? Math.floor(ms / LOW_BANDWIDTH_STEP_MS) * LOW_BANDWIDTH_STEP_MS : ms
}

/** Out of a layout file: the span alone, as the past that a cursor stood in is gone. */
export function restoreTime(saved: unknown): ChartTime {
  const spanMs = (saved as { readonly spanMs?: unknown } | null | undefined)?.spanMs
  return { ...FIRST_TIME, spanMs: SPANS_MS.find((known) => known === spanMs) ?? null }
}

function longest(spans: readonly number[]): number {
  return spans.length === 0 ? LONGEST_AUTOMATIC_MS : Math.max(...spans)
}
