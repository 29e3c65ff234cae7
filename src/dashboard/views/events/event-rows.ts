import { displayWidth, fitWidth } from '../../../output/display-width.js'
import { terminalSafe } from '../../../output/terminal-safe.js'
import { alarmText, isCritical, type LimitAlarm, withUnit } from '../../live/alarms.js'
import { alarmOf, crossedText, type ShelvedAlarm, shelvedAt } from '../../live/attention.js'
import { conditionOf } from '../../live/condition.js'
import type { KeptEvent } from '../../live/live-state.js'
import type { Picture } from '../../picture.js'
import { clockText, withLocalTimes } from '../../rows/clock-text.js'
import { widthOf } from '../../rows/fit-row.js'
import type { Row, Style } from '../../rows/style.js'
import { textLines } from '../../rows/text-lines.js'
import type { EventLine, Standing } from './event-lines.js'
import { SEVERITY_SIGNS } from './event-signs.js'

/** The states in words that fit a column; letters say what colours say. */
const STANDINGS: Readonly<Record<Standing, { readonly word: string; readonly style: Style }>> = {
  unacknowledged: { word: 'UNACK', style: { weight: 'bold', field: 'reverse' } },
  returned: { word: 'returned', style: { weight: 'bold' } },
  acknowledged: { word: 'ack', style: {} },
  shelved: { word: 'shelved', style: { colour: 'grey' } },
}
const STANDING_WIDTH = 9
/** Mark, time, state, letters and blanks. */
const OTHER_WIDTH = 26
export const TOLD_ROWS = 6

export function lineRow(
  line: EventLine,
  picture: Picture,
  { cursor, columns }: { readonly cursor: string | null; readonly columns: number },
): Row {
  const mark = cursor === line.id ? '▸' : ' '
  return line.kind === 'alarm' ? alarmRow(line.alarm, line.standing, picture, { mark, columns }) : eventRow(line.event, picture, mark)
}

/** What the row of the cursor says, in as many rows as it takes, under a blank one; none where the row itself has room for it. */
export function wholeText(line: EventLine, picture: Picture, columns: number): readonly Row[] {
  const row = lineRow(line, picture, { cursor: null, columns })
  const isCut = widthOf(row) > columns || (line.kind === 'alarm' && displayWidth(picture.live.names[line.alarm.row] ?? '') > columns * 0.34)
  if (!isCut) return []
  const text = line.kind === 'event' ? row.map((span) => span.text).join('') : alarmWords(line.alarm, picture)
  return [[], ...textLines(text.trim(), columns - 4).map((words): Row => [{ text: `  ${words}`, style: { weight: 'bold' } }])].slice(
    0,
    TOLD_ROWS,
  )
}

function alarmWords(alarm: LimitAlarm, { live, moment, utcOffsetMinutes }: Picture): string {
  const shelf = shelvedAt(live.attention, `alert ${live.sensors[alarm.row]?.key ?? ''}`, moment.now)
  const why = shelf
    ? `; shelved until ${clockText(shelf.until, utcOffsetMinutes)}${crossings(shelf)}: ${terminalSafe(shelf.reason, { maxWidth: 300 })}`
    : ''
  return `${live.names[alarm.row] ?? ''}: ${alarmText(alarm, alarm.raisedValue, live.units[alarm.row] ?? '')}${why}`
}

/** When it was raised, its state, its limit, the sensor, the value that raised it, and how it stands now. */
function alarmRow(
  alarm: LimitAlarm,
  standing: Standing,
  picture: Picture,
  { mark, columns }: { readonly mark: string; readonly columns: number },
): Row {
  const { live, utcOffsetMinutes, moment } = picture
  const unit = live.units[alarm.row] ?? ''
  const { word, style } = STANDINGS[standing]
  const colour = standing === 'shelved' || standing === 'acknowledged' ? undefined : isCritical(alarm) ? 'red' : 'yellow'
  const { level, reason } = conditionOf(live, alarm.row, moment)
  const isKnown = level !== 'bad' && level !== 'waiting'
  const now = isKnown ? `now ${withUnit(live.value[alarm.row] ?? Number.NaN, unit)}` : `now — ${reason}`
  const shelf = shelvedAt(live.attention, `alert ${live.sensors[alarm.row]?.key ?? ''}`, moment.now)
  const why = shelf
    ? `until ${clockText(shelf.until, utcOffsetMinutes)}${crossings(shelf)}: ${terminalSafe(shelf.reason, { maxWidth: 80 })}`
    : ''
  const nameWidth = Math.max(8, Math.min(live.longestName, Math.floor(columns * 0.34), columns - OTHER_WIDTH - now.length))
  return [
    { text: `${mark}${clockText(alarm.raisedAt, utcOffsetMinutes)} `, style: { colour: 'grey' } },
    { text: fitWidth(word, STANDING_WIDTH), style: colour ? { ...style, colour } : style },
    { text: ` ${fitWidth(alarm.letters, 3)}`, style: { weight: 'bold', ...(colour && { colour }) } },
    { text: `${fitWidth(live.names[alarm.row] ?? '', nameWidth)} ` },
    { text: `${now}  `, style: { weight: 'bold' } },
    { text: why === '' ? alarmText(alarm, alarm.raisedValue, unit) : why, style: { colour: 'grey' } },
    { text: alarm.times > 1 ? `  ${alarm.times}×` : '', style: { colour: 'grey' } },
  ]
}

function crossings(shelf: ShelvedAlarm): string {
  const text = crossedText(shelf)
  return text === '' ? '' : `, ${text}`
}

function eventRow(event: KeptEvent, { live, moment, utcOffsetMinutes }: Picture, mark: string): Row {
  const { sign, style } = SEVERITY_SIGNS[event.severity]
  const [sensor] = event.sensors
  const isSeen = live.attention.acknowledged.has(event.number)
  const isShelved = shelvedAt(live.attention, alarmOf(event), moment.now) !== undefined
  const state = event.severity === 'note' ? '' : isShelved ? 'shelved ' : isSeen ? 'ack ' : ''
  return [
    { text: `${mark}${clockText(event.at, utcOffsetMinutes)} `, style: { colour: 'grey' } },
    { text: `${sign} ${event.event} `, style: isSeen || isShelved ? { colour: 'grey' } : style },
    { text: state, style: { weight: 'bold' } },
    { text: sensor === undefined ? '' : `${terminalSafe(sensor, { maxWidth: 60 })}  `, style: { colour: 'grey' } },
    {
      text: withLocalTimes(terminalSafe(event.text, { maxWidth: 300 }), event.at, utcOffsetMinutes),
      ...(isShelved ? { style: { colour: 'grey' } as const } : {}),
    },
  ]
}
