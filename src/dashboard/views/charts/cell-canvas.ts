import type { Row, Span, Style } from '../../rows/style.js'

const BRAILLE = 0x2800
const BRAILLE_END = 0x28ff

/**
 * Rows of cells that several things are drawn on: a cell holds one sign with one look. Dots of curves that share a cell are joined, and the look is
 * that of the last one.
 */
export class CellCanvas {
  readonly columns: number
  readonly rows: number
  readonly #signs: string[]
  readonly #styles: (Style | undefined)[]

  constructor(size: { readonly columns: number; readonly rows: number }) {
    this.columns = size.columns
    this.rows = size.rows
    this.#signs = new Array<string>(size.columns * size.rows).fill(' ')
    this.#styles = new Array<Style | undefined>(size.columns * size.rows)
  }

  /** Whatever is drawn in `lines` (one text a row, a character a cell) comes over what is there. */
  lay(lines: readonly string[], style: Style): void {
    for (let row = 0; row < Math.min(this.rows, lines.length); row++) {
      const line = lines[row] ?? ''
      for (let column = 0; column < Math.min(this.columns, line.length); column++) {
        const sign = line[column] ?? ' '
        if (sign !== ' ') this.put(row, column, joined(this.at(row, column), sign), style)
      }
    }
  }

  at(row: number, column: number): string {
    return this.#signs[row * this.columns + column] ?? ' '
  }

  put(row: number, column: number, sign: string, style: Style): void {
    if (row < 0 || row >= this.rows || column < 0 || column >= this.columns) return
    this.#signs[row * this.columns + column] = sign
    this.#styles[row * this.columns + column] = style
  }

  /** Only where nothing is drawn yet. */
  putBehind(row: number, column: number, sign: string, style: Style): void {
    if (this.at(row, column) === ' ') this.put(row, column, sign, style)
  }

  /** A column that stands out: reversed where something is drawn, a line where nothing is. */
  mark(column: number): void {
    for (let row = 0; row < this.rows; row++) {
      const style = this.#styles[row * this.columns + column]
      if (this.at(row, column) === ' ') this.put(row, column, '│', MARK)
      else this.put(row, column, this.at(row, column), { ...style, field: 'reverse' })
    }
  }

  row(row: number): Row {
    const spans: Span[] = []
    const from = row * this.columns
    let start = 0
    for (let column = 1; column <= this.columns; column++) {
      if (column < this.columns && this.#styles[from + column] === this.#styles[from + start]) continue
      const style = this.#styles[from + start]
      const text = this.#signs.slice(from + start, from + column).join('')
      spans.push(style === undefined ? { text } : { text, style })
      start = column
    }
    return spans
  }
}

const MARK = { weight: 'bold' } as const

function joined(one: string, other: string): string {
  const [a, b] = [one.charCodeAt(0), other.charCodeAt(0)]
  const areDots = a >= BRAILLE && a <= BRAILLE_END && b >= BRAILLE && b <= BRAILLE_END
  return areDots ? String.fromCharCode(a | b) : other
}
