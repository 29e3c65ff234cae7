import { BACKGROUND, colourOf, DIM_OPACITY, type ScreenCell } from '../frame-theme.js'
import { type FindGlyph, glyphFinder } from './find-glyph.js'
import { GLYPH_HEIGHT, GLYPH_WIDTH } from './glyph.js'
import { pngFile } from './png-file.js'

const PADDING = 12

/** A terminal's screen as a PNG picture, 12 × 24 pixels a cell. What the font does not know is a frame as wide as the character, never another letter. */
export async function framePng(screen: readonly (readonly ScreenCell[])[], title: string): Promise<Uint8Array> {
  const columns = Math.max(1, ...screen.map((row) => row.length))
  const width = columns * GLYPH_WIDTH + 2 * PADDING
  const height = screen.length * GLYPH_HEIGHT + 2 * PADDING
  const canvas: Canvas = { width, pixels: new Uint8Array(width * height), palette: [BACKGROUND] }
  const find = glyphFinder()
  screen.forEach((row, line) => {
    row.forEach((cell, column) => {
      const cells = row[column + 1]?.text === '' ? 2 : 1
      const place = { left: PADDING + column * GLYPH_WIDTH, top: PADDING + line * GLYPH_HEIGHT, width: cells * GLYPH_WIDTH }
      if (cell.text !== '') drawCell(canvas, cell, place, find)
    })
  })
  return await pngFile({ width, height, palette: canvas.palette, pixels: canvas.pixels, title })
}

interface Canvas {
  readonly width: number
  /** Index into the palette. */
  readonly pixels: Uint8Array
  readonly palette: string[]
}

interface Place {
  readonly left: number
  readonly top: number
  readonly width: number
}

/** 24 rows, the lowest `width` bits of each, the left pixel highest. */
type Rows = ArrayLike<number>

function drawCell(canvas: Canvas, cell: ScreenCell, place: Place, find: FindGlyph): void {
  const colour = cell.weight === 'dim' ? mixed(colourOf(cell)) : colourOf(cell)
  const [ink, field] = cell.field === 'reverse' ? [BACKGROUND, colour] : [colour, BACKGROUND]
  if (field !== BACKGROUND) put(canvas, field, place, new Array<number>(GLYPH_HEIGHT).fill((1 << place.width) - 1))
  if (cell.text.trim() === '') return
  const glyph = find(cell.text)
  if (!glyph) put(canvas, ink, place, frameOf(place.width))
  // Bold is the same a second time, a pixel further right.
  else put(canvas, ink, place, cell.weight === 'bold' ? glyph.map((row) => row | (row >> 1)) : glyph)
}

/** Puts a colour where the rows have a bit. */
function put({ width: lineWidth, pixels, palette }: Canvas, colour: string, { left, top, width }: Place, rows: Rows): void {
  const known = palette.indexOf(colour)
  const index = known < 0 ? palette.push(colour) - 1 : known
  for (let y = 0; y < GLYPH_HEIGHT; y++) {
    const row = rows[y] ?? 0
    if (row === 0) continue
    const end = (top + y) * lineWidth + left + width - 1
    for (let bit = 0; bit < width; bit++) if ((row & (1 << bit)) !== 0) pixels[end - bit] = index
  }
}

function frameOf(width: number): Rows {
  const [left, right] = [1 << (width - 2), 2]
  return Array.from({ length: GLYPH_HEIGHT }, (_, y) => {
    if (y < FRAME.top || y > FRAME.bottom) return 0
    return y === FRAME.top || y === FRAME.bottom ? left * 2 - right : left | right
  })
}

const FRAME = { top: 4, bottom: GLYPH_HEIGHT - 5 } as const

/** A colour that lets the background through. */
function mixed(colour: string): string {
  const parts = [1, 3, 5].map((at) => {
    const [ink, field] = [colour, BACKGROUND].map((hex) => Number.parseInt(hex.slice(at, at + 2), 16))
    return Math.round((ink ?? 0) * DIM_OPACITY + (field ?? 0) * (1 - DIM_OPACITY))
  })
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
