import { characterWidth } from '../../output/display-width.js'
import { type Palette, type Row, sgrOf } from '../rows/style.js'

/** One row of the screen, cell by cell. Shape (columns,) each. */
export interface CellRow {
  /** A character with its combining marks; '' for the second half of a wide one. */
  readonly texts: readonly string[]
  /** SGR codes (`1;36`), '' for none. */
  readonly styles: readonly string[]
}

/** A row as exactly `columns` cells. */
export function cellsOf(row: Row, columns: number, palette: Palette): CellRow {
  const texts: string[] = []
  const styles: string[] = []
  for (const { text, style } of row) {
    const sgr = sgrOf(style, palette)
    // A blank looks the same in every foreground.
    const blankSgr = style?.field === undefined ? '' : sgr
    for (const character of text) {
      const width = characterWidth(character)
      if (width === 0) {
        const last = texts.length - 1
        if (last >= 0) texts[last] += character
        continue
      }
      if (texts.length + width > columns) break
      texts.push(character)
      styles.push(character === ' ' ? blankSgr : sgr)
      if (width === 2) {
        texts.push('')
        styles.push(sgr)
      }
    }
  }
  while (texts.length < columns) {
    texts.push(' ')
    styles.push('')
  }
  return { texts, styles }
}
