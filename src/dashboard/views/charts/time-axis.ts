import { displayWidth } from '../../../output/display-width.js'
import type { Picture } from '../../picture.js'
import { clockText } from '../../rows/clock-text.js'
import { fitRow } from '../../rows/fit-row.js'
import type { Row } from '../../rows/style.js'
import type { ChartTime, ShownTime } from './chart-time.js'
import { AXIS_COLUMNS } from './value-axis.js'

/** Both ends of the shown time, and the cursor's between them. */
export function timeAxis({ utcOffsetMinutes }: Picture, time: ChartTime, shown: ShownTime): Row {
  const clock = (ms: number): string => clockText(ms * 1000, utcOffsetMinutes)
  const span = spanText(shown.untilMs - shown.fromMs)
  const start = time.untilMs === null ? `−${span}` : clock(shown.fromMs)
  const end = time.untilMs === null ? 'now' : `${clock(shown.untilMs)} (${span})`
  const cursor = shown.cursorCell === null ? '' : clock(shown.fromMs + (shown.cursorCell + 0.5) * shown.cellMs)
  const room = shown.cells - displayWidth(start) - displayWidth(end)
  const at = Math.max(1, Math.min(room - cursor.length - 1, (shown.cursorCell ?? 0) - displayWidth(start) - (cursor.length >> 1)))
  const isRoomy = room > cursor.length + 2
  const between = isRoomy ? cursor.padStart(at + cursor.length).padEnd(room) : ' '.repeat(Math.max(1, room))
  return fitRow(
    [
      { text: `${' '.repeat(AXIS_COLUMNS)}${start}`, style: { colour: 'grey' } },
      { text: between, style: { weight: 'bold' } },
      { text: end, style: { colour: 'grey' } },
    ],
    AXIS_COLUMNS + shown.cells,
  )
}

/** `30 s`, `15 min`, `6 h`. */
export function spanText(spanMs: number): string {
  if (spanMs >= 7_200_000) return `${Number((spanMs / 3_600_000).toPrecision(3))} h`
  return spanMs >= 120_000 ? `${Number((spanMs / 60_000).toPrecision(3))} min` : `${Number((spanMs / 1000).toPrecision(3))} s`
}
