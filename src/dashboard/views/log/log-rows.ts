import { terminalSafe } from '../../../output/terminal-safe.js'
import type { Picture } from '../../picture.js'
import { clockText } from '../../rows/clock-text.js'
import type { Row } from '../../rows/style.js'
import { textLines } from '../../rows/text-lines.js'
import { entriesShown, type LogState } from './log-state.js'

/** The entries that are asked for in rows that cut nothing off, oldest first. */
export function logRows(picture: Picture, state: Pick<LogState, 'shows' | 'filter'>, columns: number): readonly Row[] {
  return entriesShown(picture.live.log, state).flatMap((entry) => entryRows(entry, picture, columns))
}

function entryRows({ at, level, text }: Picture['live']['log'][number], { utcOffsetMinutes }: Picture, columns: number): readonly Row[] {
  const time = ` ${clockText(at, utcOffsetMinutes)} `
  const indent = ' '.repeat(time.length + 2)
  return textLines(terminalSafe(text, { maxWidth: 500 }), columns - indent.length).map((line, index): Row => {
    if (index > 0) return [{ text: indent }, { text: line }]
    return [
      { text: time, style: { colour: 'grey' } },
      level === 'warning' ? { text: '! ', style: { colour: 'yellow' } } : { text: '· ', style: { colour: 'grey' } },
      { text: line },
    ]
  })
}
