import { Terminal } from '@xterm/headless'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitRow } from '../../../src/dashboard/rows/fit-row.js'
import { plainRow, type Row } from '../../../src/dashboard/rows/style.js'
import { ScreenDiff } from '../../../src/dashboard/terminal/screen-diff.js'

const COLUMNS = 24
const ROWS = 4

const span = fc.record({
  text: fc.array(fc.constantFrom('a', 'b', ' ', '    ', '1', '▁', '温', '⠿', 'e\u0301'), { maxLength: 12 }).map((parts) => parts.join('')),
  style: fc.constantFrom({}, { colour: 'red' }, { weight: 'bold', colour: 'cyan' }, { field: 'reverse' }, { weight: 'dim' }),
}) as fc.Arbitrary<Row[number]>
const frame = fc
  .array(fc.array(span, { maxLength: 4 }), { minLength: ROWS, maxLength: ROWS })
  .map((rows) => rows.map((row) => fitRow(row, COLUMNS)))

function shownBy(terminal: Terminal): { readonly text: string; readonly looks: string }[] {
  return Array.from({ length: ROWS }, (_, row) => {
    const line = terminal.buffer.active.getLine(row)
    const cells = Array.from({ length: COLUMNS }, (_unused, column) => line?.getCell(column))
    const looks = cells.map((cell) =>
      cell?.isInverse() ? 'i' : cell?.getChars().trim() ? `${cell.getFgColor()}${cell.isBold()}${cell.isDim()}` : '-',
    )
    return { text: line?.translateToString(false) ?? '', looks: looks.join(',') }
  })
}

const feed = (terminal: Terminal, bytes: string): Promise<void> => new Promise((resolve) => terminal.write(bytes, resolve))

describe('the screen diff', () => {
  it('leaves on a real terminal emulator exactly what each frame says, whatever was there before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 5 }), async (frames) => {
        const terminal = new Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true })
        const diff = new ScreenDiff()
        for (const rows of frames) {
          await feed(terminal, diff.update(rows, COLUMNS, 'colour'))
          const fresh = new Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true })
          await feed(fresh, new ScreenDiff().update(rows, COLUMNS, 'colour'))
          expect(shownBy(terminal)).toEqual(shownBy(fresh))
          expect(shownBy(terminal).map(({ text }) => text)).toEqual(rows.map(plainRow))
        }
      }),
      { numRuns: 100 },
    )
  })

  it('says nothing where nothing changed, and little where one digit did', () => {
    const diff = new ScreenDiff()
    const rows = (value: string): readonly Row[] => [[{ text: 'temperature         ' }, { text: value, style: { colour: 'cyan' } }]]
    diff.update(rows('82.3'), COLUMNS, 'colour')
    expect(diff.update(rows('82.3'), COLUMNS, 'colour')).toBe('')
    expect(diff.update(rows('82.4'), COLUMNS, 'colour')).toBe('\u001b[?2026h\u001b[1;24H\u001b[36m4\u001b[m\u001b[?2026l')
  })

  it('writes no colour where none is wanted', () => {
    const bytes = new ScreenDiff().update([[{ text: 'bad', style: { colour: 'red', weight: 'bold' } }]], 3, 'attributes')
    expect(bytes).toContain('\u001b[1mbad')
    expect(bytes).not.toContain('31')
  })
})
