import type { Palette, Row } from '../rows/style.js'
import { type CellRow, cellsOf } from './cells.js'

/** Fewer unchanged cells than this are written again rather than jumped over. */
const JUMP_FROM_CELLS = 4
/** More blanks than this at the end of a row are erased rather than written. */
const ERASE_FROM_CELLS = 4

/**
 * Knows what the terminal shows and says the fewest bytes that turn it into the next frame: cursor jumps, style changes and
 * changed cells. Ink's own incremental output rewrites a changed row from its first changed cell to its end; this needs a fraction of that.
 */
export class ScreenDiff {
  private columns = 0
  private cells: CellRow[] = []

  /** Forgets what is on the screen, so that the next frame is written whole. */
  forget(): void {
    this.cells = []
  }

  /** Bytes for a frame; '' where nothing changed. */
  update(rows: readonly Row[], columns: number, palette: Palette): string {
    const pen = new Pen()
    const isFresh = this.cells.length !== rows.length || this.columns !== columns
    if (isFresh) {
      pen.clear()
      this.columns = columns
      this.cells = []
    }
    this.cells = rows.map((line, row) => {
      const next = cellsOf(line, columns, palette)
      writeRow(pen, { row, next, before: this.cells[row] })
      return next
    })
    return pen.bytes()
  }
}

function writeRow(pen: Pen, change: { readonly row: number; readonly next: CellRow; readonly before: CellRow | undefined }): void {
  const { row, next, before } = change
  const columns = next.texts.length
  const blankFrom = blankTail(next)
  const differs = (column: number): boolean =>
    before === undefined
      ? next.texts[column] !== ' ' || next.styles[column] !== ''
      : next.texts[column] !== before.texts[column] || next.styles[column] !== before.styles[column]
  let column = 0
  while (column < columns) {
    if (!differs(column)) {
      column++
      continue
    }
    if (column >= blankFrom && columns - column >= ERASE_FROM_CELLS) {
      pen.eraseToEnd(row, column)
      return
    }
    // Half of a wide character cannot be written.
    const start = next.texts[column] === '' ? column - 1 : column
    let end = column + 1
    for (let ahead = end; ahead < columns && ahead - end < JUMP_FROM_CELLS; ahead++) if (differs(ahead)) end = ahead + 1
    if (end > blankFrom && columns - blankFrom >= ERASE_FROM_CELLS) end = Math.max(column + 1, blankFrom)
    while (end < columns && next.texts[end] === '') end++
    pen.write(row, start, { texts: next.texts.slice(start, end), styles: next.styles.slice(start, end) })
    column = end
  }
}

/** The column from which on the row is blank and plain. */
function blankTail({ texts, styles }: CellRow): number {
  let from = texts.length
  while (from > 0 && texts[from - 1] === ' ' && styles[from - 1] === '') from--
  return from
}

/** Collects the bytes and remembers where the cursor is and what style is on. */
class Pen {
  private out = ''
  private row = -1
  private column = -1
  private style = ''

  clear(): void {
    this.out += '\u001b[m\u001b[2J'
  }

  write(row: number, column: number, cells: CellRow): void {
    this.moveTo(row, column)
    cells.texts.forEach((text, index) => {
      const style = cells.styles[index] ?? ''
      // A plain blank needs no plain style unless the present one would show.
      if (style !== this.style && (text !== ' ' || style !== '' || this.showsOnBlanks)) this.setStyle(style)
      this.out += text
    })
    this.column = column + cells.texts.length
    // Terminals disagree about the width of what is neither ASCII nor drawn by us; then only an absolute jump is safe.
    if (!cells.texts.every((text) => SURE_WIDTH.test(text))) this.row = -1
  }

  eraseToEnd(row: number, column: number): void {
    this.moveTo(row, column)
    if (this.showsOnBlanks) this.setStyle('')
    this.out += '\u001b[K'
  }

  /** Everything, inside a synchronized update (DEC private mode 2026) so that no half frame is seen; terminals without it ignore the mode. */
  bytes(): string {
    if (this.out === '') return ''
    if (this.style !== '') this.setStyle('')
    return `\u001b[?2026h${this.out}\u001b[?2026l`
  }

  private get showsOnBlanks(): boolean {
    return this.style.split(';').includes('7')
  }

  private moveTo(row: number, column: number): void {
    const ahead = column - this.column
    if (row === this.row && ahead === 0) return
    if (row === this.row && ahead > 0) this.out += ahead === 1 ? '\u001b[C' : `\u001b[${ahead}C`
    else if (row === this.row + 1 && this.row >= 0 && ahead === 0) this.out += '\u001b[B'
    else this.out += `\u001b[${row + 1};${column + 1}H`
    this.row = row
    this.column = column
  }

  private setStyle(style: string): void {
    this.out += style === '' ? '\u001b[m' : this.style === '' ? `\u001b[${style}m` : `\u001b[0;${style}m`
    this.style = style
  }
}

/** ASCII, Latin-1, general punctuation, arrows to braille: one column in every terminal. */
const SURE_WIDTH = /^[\x20-\x7e\u00a0-\u00ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2212\u2500-\u259f\u2800-\u28ff]$/
