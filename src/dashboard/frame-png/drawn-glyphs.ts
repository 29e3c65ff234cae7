import { GLYPH_HEIGHT, GLYPH_WIDTH, type Glyph, glyphOf } from './glyph.js'

const BRAILLE = 0x2800
const BLOCKS = 0x2580

/** Bit of a braille pattern → its column and row (Unicode 16, §21.1.2: dots 1–8). */
const DOTS = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
] as const

/** Characters that are geometry, so that cells join without a seam, and signs of ours that the font lacks; undefined for all others. */
export function drawnGlyph(code: number): Glyph | undefined {
  if (code >= BRAILLE && code < BRAILLE + 256) return braille(code - BRAILLE)
  if (code >= BLOCKS && code <= BLOCKS + 0x15) return block(code - BLOCKS)
  const sign = SIGNS[String.fromCodePoint(code)]
  return sign && glyphOf((x, y) => sign(x - MIDDLE_X, y - MIDDLE_Y))
}

function braille(pattern: number): Glyph {
  const dots = DOTS.filter((_, bit) => (pattern & (1 << bit)) !== 0)
  return glyphOf((x, y) => dots.some(([column, row]) => Math.abs(x - (column * 6 + 2.5)) < 2 && Math.abs(y - (row * 6 + 2.5)) < 2))
}

/** ▀, ▁…█ from below, ▉…▏ from the left, ▐, shades, ▔, ▕. */
function block(number: number): Glyph {
  if (number === 0) return glyphOf((_, y) => y < GLYPH_HEIGHT / 2)
  if (number <= 8) return glyphOf((_, y) => y >= GLYPH_HEIGHT - Math.round((GLYPH_HEIGHT * number) / 8))
  if (number < 16) return glyphOf((x) => x < Math.round((GLYPH_WIDTH * (16 - number)) / 8))
  if (number === 16) return glyphOf((x) => x >= GLYPH_WIDTH / 2)
  if (number === 17) return glyphOf((x, y) => x % 2 === 0 && y % 2 === 0)
  if (number === 18) return glyphOf((x, y) => (x + y) % 2 === 0)
  if (number === 19) return glyphOf((x, y) => x % 2 === 0 || y % 2 === 0)
  return number === 20 ? glyphOf((_, y) => y < 3) : glyphOf((x) => x >= GLYPH_WIDTH - 2)
}

const MIDDLE_X = 5.5
/** The middle of the font's arrows and lines. */
const MIDDLE_Y = 11.5

type Sign = (x: number, y: number) => boolean

const round = (x: number, y: number): number => Math.hypot(x, y)
const isRing: Sign = (x, y) => Math.abs(round(x, y) - 4.6) < 0.8
/** How far inside a triangle with its tip at the top; at its edge 0. */
const inTriangle = (x: number, y: number): number => Math.min(4.5 - y, (y + 5.5 - 2 * Math.abs(x)) / 2)
const inSquare = (x: number, y: number): number => 4.5 - Math.max(Math.abs(x), Math.abs(y))
const inDiamond = (x: number, y: number): number => 5.2 - Math.abs(x) - Math.abs(y)
const isEdge = (inside: number): boolean => inside >= 0 && inside < 1.1
const isArrow: Sign = (x, y) => (Math.abs(y) < 1 && x < 3) || (x > -1 && x < 4 && Math.abs(3.5 - x - Math.abs(y)) < 1)

/** By their distance from the middle of the cell. */
const SIGNS: Readonly<Record<string, Sign>> = {
  '┄': (x, y) => y === -0.5 && (x + 5.5) % 4 < 3,
  '╌': (x, y) => y === -0.5 && (x + 5.5) % 6 < 4,
  '▸': (x, y) => x >= -3 && x <= 4 && Math.abs(y) <= (4.5 - x) * 0.75,
  '◂': (x, y) => x <= 3 && x >= -4 && Math.abs(y) <= (4.5 + x) * 0.75,
  '□': (x, y) => isEdge(inSquare(x, y)),
  '◇': (x, y) => isEdge(inDiamond(x, y)),
  '△': (x, y) => isEdge(inTriangle(x, y)),
  '▽': (x, y) => isEdge(inTriangle(x, -y)),
  '◉': (x, y) => isRing(x, y) || round(x, y) < 2.4,
  '◌': (x, y) => isRing(x, y) && Math.floor((Math.atan2(y, x) / Math.PI + 1) * 6) % 2 === 0,
  '⊘': (x, y) => isRing(x, y) || (round(x, y) < 4.6 && Math.abs(x + y) < 1),
  '⏸': (x, y) => Math.abs(y) < 5 && Math.abs(Math.abs(x) - 2.5) < 1.1,
  '⚑': (x, y) => (x > -5 && x < -3 && Math.abs(y) < 7) || (x >= -3 && x < 4 && y > -7 && y < 1 && Math.abs(y + 3) < 4 - Math.max(0, x) / 2),
  '⚠': (x, y) => isEdge(inTriangle(x, y)) || (Math.abs(x) < 1 && y > -2 && y < 4 && y !== 1.5),
  '✕': (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 4 && Math.abs(Math.abs(x) - Math.abs(y)) < 1,
  '⇥': (x, y) => isArrow(x, y) || (x > 4 && Math.abs(y) < 5),
}
