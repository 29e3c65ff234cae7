import type { DotCanvas } from './braille-canvas.js'

/** By which halves of a cell are set: 1 the upper, 2 the lower. */
const MARKS = [' ', "'", '.', ':'] as const

/** A canvas of 1 × 2 dots a cell, in characters that every terminal and font has. */
export function asciiCanvas(size: { readonly columns: number; readonly rows: number }): DotCanvas {
  const { columns, rows } = size
  const cells = new Uint8Array(columns * rows)
  const dotsHigh = rows * 2
  return {
    dotsWide: columns,
    dotsHigh,
    bar(dotColumn, from, to) {
      if (dotColumn < 0 || dotColumn >= columns) return
      const low = Math.max(0, Math.min(from, to))
      const high = Math.min(dotsHigh - 1, Math.max(from, to))
      for (let height = low; height <= high; height++) {
        const dotRow = dotsHigh - 1 - height
        const cell = (dotRow >> 1) * columns + dotColumn
        cells[cell] = (cells[cell] ?? 0) | (1 << (dotRow & 1))
      }
    },
    rows() {
      return Array.from({ length: rows }, (_, row) =>
        Array.from(cells.subarray(row * columns, (row + 1) * columns), (cell) => MARKS[cell as 0 | 1 | 2 | 3]).join(''),
      )
    },
  }
}
