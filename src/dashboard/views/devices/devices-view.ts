import { fitWidth } from '../../../output/display-width.js'
import { terminalSafe } from '../../../output/terminal-safe.js'
import type { Line } from '../../live/line-facts.js'
import { lineLooks, lineStanding } from '../../live/line-looks.js'
import type { Picture } from '../../picture.js'
import { saidRows } from '../../rows/said-rows.js'
import { countText } from '../../rows/steady-number.js'
import type { Row } from '../../rows/style.js'
import { FIRST_CHOICE, LIST_STEPS, type ListChoice, moveChoice, restoreChoice, settleChoice } from '../list-choice.js'
import type { View, ViewKey } from '../view.js'
import { columnNote, type DeviceColumn, deviceColumns } from './device-columns.js'

/** The cursor is on the name of a line. */
type DevicesState = ListChoice<string>

const names = ({ live }: Picture): readonly string[] => live.lines.map(({ name }) => name)

/** The row of column names. */
const HEAD_ROWS = 1

/** Every connection: how it stands and what it delivered. */
export const DEVICES: View<DevicesState> = {
  id: 'devices',
  title: 'devices',
  about: 'every connection: state, rate, errors, gaps',
  keys: LIST_STEPS.map(({ press, shown, does, step }): ViewKey<DevicesState> => {
    return {
      press,
      shown,
      does,
      act: (state, { picture, size }) => ({ state: moveChoice(state, names(picture), step(size.rows - HEAD_ROWS)) }),
    }
  }),
  first: () => FIRST_CHOICE,
  restore: restoreChoice,
  compose(picture, { state, size }) {
    const { lines } = picture.live
    const room = Math.max(1, size.rows - HEAD_ROWS)
    const settled = settleChoice(state, names(picture), room)
    const { shown: columns, nameWidth } = deviceColumns(size.columns - MARGIN)
    const shown = lines.slice(settled.top, settled.top + room)
    const rows = shown.map((line) => deviceRow(line, picture, { columns, nameWidth, cursor: settled.cursor }))
    const lost = lines.filter(({ state: now }) => now === 'lost').length
    const valueless = lines.filter((line) => lineStanding(line) === 'valueless').length
    const note = noteRows(size.columns)
    const none: Row = [{ text: '   no connection yet', style: GREY }]
    return {
      state: settled,
      heading: [
        { text: countText(lines.length), style: { weight: 'bold' } },
        { text: shown.length < lines.length ? `  ${settled.top + 1}–${settled.top + shown.length}` : '', style: GREY },
        { text: valueless === 0 ? '' : `  ${valueless} live, no good value`, style: { colour: 'yellow' } },
        { text: lost === 0 ? '' : `  ${lost} lost`, style: { colour: 'red', weight: 'bold' } },
      ],
      rows: [
        [
          {
            text: `   ${fitWidth('connection', nameWidth)}${columns.map(({ name, width }) => fitWidth(name, width, 'right')).join('')}`,
            style: GREY,
          },
        ],
        ...(rows.length === 0 ? [none] : rows),
        ...(Math.max(1, lines.length) + note.length <= room ? note : []),
      ],
    }
  },
  rowsWanted: ({ live }, { columns }) => HEAD_ROWS + noteRows(columns).length + Math.max(2, live.lines.length),
}

const GREY = { colour: 'grey' } as const
/** Cursor and sign on the left, one cell on the right. */
const MARGIN = 4

/** What the columns mean, below the devices, where all of these have a row. */
function noteRows(columns: number): readonly Row[] {
  return saidRows(columnNote(deviceColumns(columns - MARGIN).shown), columns)
}

interface DeviceRowParts {
  readonly columns: readonly DeviceColumn[]
  readonly nameWidth: number
  readonly cursor: string | null
}

function deviceRow(line: Line, picture: Picture, { columns, nameWidth, cursor }: DeviceRowParts): Row {
  const { sign, style, word } = lineLooks(line)
  const standing = lineStanding(line)
  const cause = standing === 'lost' ? `: ${terminalSafe(line.cause, { maxWidth: 80 })}` : standing === 'valueless' ? `: ${word}` : ''
  const name = `${terminalSafe(line.name, { maxWidth: 80 })}${cause}`
  return [
    { text: `${cursor === line.name ? '▸' : ' '}${sign} `, style },
    { text: fitWidth(name, nameWidth), ...(cause !== '' ? { style } : {}) },
    { text: columns.map(({ width, text }) => fitWidth(text(line, picture), width, 'right')).join('') },
  ]
}
