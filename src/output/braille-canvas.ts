/** Dots of a braille cell (Unicode 2800), by row and column. */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const

/** Something to draw bars of dots on, in characters. */
export interface DotCanvas {
  /** Two a column in braille, one in ASCII. */
  readonly dotsWide: number
  /** Four a row in braille, two in ASCII. */
  readonly dotsHigh: number
  /** Sets the dots of one dot column from one height to another, both from the bottom, ends included; what lies outside is cut off. */
  bar(dotColumn: number, from: number, to: number): void
  /** One text per row from the top; empty cells are spaces. */
  rows(): readonly string[]
}

/** A canvas of 2 × 4 dots a cell. */
export function brailleCanvas(size: { readonly columns: number; readonly rows: number }): DotCanvas {
  const { columns, rows } = size
  const cells = new Uint8Array(columns * rows)
  const dotsHigh = rows * 4
  return {
    dotsWide: columns * 2,
    dotsHigh,
    bar(dotColumn, from, to) {
      if (dotColumn < 0 || dotColumn >= columns * 2) return
      const low = Math.max(0, Math.min(from, to))
      const high = Math.min(dotsHigh - 1, Math.max(from, to))
      for (let height = low; height <= high; height++) {
        const dotRow = dotsHigh - 1 - height
        const cell = (dotRow >> 2) * columns + (dotColumn >> 1)
        cells[cell] = (cells[cell] ?? 0) | (DOTS[(dotRow & 3) as 0 | 1 | 2 | 3][(dotColumn & 1) as 0 | 1] ?? 0)
      }
    },
    rows() {
      return Array.from({ length: rows }, (_, row) => {
        let text = ''
        for (const cell of cells.subarray(row * columns, (row + 1) * columns)) text += cell === 0 ? ' ' : String.fromCharCode(0x2800 + cell)
        return text
      })
    },
  }
}
