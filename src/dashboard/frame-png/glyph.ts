/** A character as pixels: 24 rows, the lowest 12 bits of each, the left one highest. */
export type Glyph = Uint16Array

export const GLYPH_WIDTH = 12
export const GLYPH_HEIGHT = 24

/** A glyph of the pixels for which a rule holds. */
export function glyphOf(isSet: (x: number, y: number) => boolean): Glyph {
  const rows = new Uint16Array(GLYPH_HEIGHT)
  for (let y = 0; y < GLYPH_HEIGHT; y++) {
    for (let x = 0; x < GLYPH_WIDTH; x++) if (isSet(x, y)) rows[y] = (rows[y] ?? 0) | (1 << (GLYPH_WIDTH - 1 - x))
  }
  return rows
}
