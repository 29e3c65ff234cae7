/** A cell of a line that is made of columns. */
export interface Cell {
  /** As written, without its unit. */
  readonly value: string
  readonly unit: string | null
}

const MOST_CELLS = 256
const CELL = /^([-+]? {0,8}(?:\d{1,20}(?:[.,]\d{0,20})?|[.,]\d{1,20})(?:[eE][-+]?\d{1,3})?) {0,4}([\p{L}%‰°]\S{0,11})?$/u

/** Cells of a line, parted by tabs, `;`, `,` (no decimal comma) or white space, whichever comes first in that order. A single value is one column. */
export function cellsOf(line: string, decimal: 'point' | 'comma'): readonly string[] {
  const text = line.trim()
  for (const separator of decimal === 'comma' ? ['\t', ';'] : ['\t', ';', ',']) {
    if (text.includes(separator)) return text.split(separator, MOST_CELLS).map((cell) => cell.trim())
  }
  return numberOf(text) ? [text] : text.split(/\s+/, MOST_CELLS)
}

/** A cell that holds a number, perhaps with a unit behind it; undefined for words. */
export function numberOf(cell: string): Cell | undefined {
  const [, value, unit] = CELL.exec(cell.slice(0, 100)) ?? []
  return value === undefined ? undefined : { value: value.replaceAll(' ', ''), unit: unit ?? null }
}
