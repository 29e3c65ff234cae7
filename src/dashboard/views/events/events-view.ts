import { terminalSafe } from '../../../output/terminal-safe.js'
import type { Happening } from '../../../readings/measurement.js'
import type { Picture } from '../../picture.js'
import { fitBlock, ruleRow } from '../../rows/fit-row.js'
import type { Row, Style } from '../../rows/style.js'

const SIGNS: Readonly<Record<Happening['severity'], { readonly sign: string; readonly style: Style }>> = {
  note: { sign: '·', style: { colour: 'grey' } },
  warning: { sign: '!', style: { colour: 'yellow' } },
  fault: { sign: '✗', style: { colour: 'red', weight: 'bold' } },
}

/** What happened, the newest first. */
export function eventsView(picture: Picture, size: { readonly columns: number; readonly rows: number }): readonly Row[] {
  const { events } = picture.live
  const newest = events.slice(-Math.max(1, size.rows - 1)).toReversed()
  const rows: Row[] = newest.map((happening) => eventRow(happening, picture, size.columns))
  if (rows.length === 0) rows.push([{ text: ' nothing happened yet', style: { colour: 'grey' } }])
  return fitBlock([ruleRow([{ text: 'events', style: { weight: 'bold' } }], size.columns), ...rows], size)
}

function eventRow(happening: Happening, picture: Picture, columns: number): Row {
  const { sign, style } = SIGNS[happening.severity]
  const [sensor] = happening.sensors
  const about = sensor === undefined ? '' : `  ${terminalSafe(sensor, { maxWidth: 60 })}`
  return [
    { text: ` ${clockText(happening.at, picture.utcOffsetMinutes)} `, style: { colour: 'grey' } },
    { text: `${sign} ${happening.event} `, style },
    { text: terminalSafe(happening.text, { maxWidth: columns }) },
    { text: about, style: { colour: 'grey' } },
  ]
}

/** `14:03:07` on the wall clock of the person who looks. */
function clockText(at: number, utcOffsetMinutes: number): string {
  return new Date(at / 1000 + utcOffsetMinutes * 60_000).toISOString().slice(11, 19)
}
