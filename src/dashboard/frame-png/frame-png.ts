import { BACKGROUND, colourOf, DIM_OPACITY, type ScreenCell } from '../frame-theme.js'
import { type FindGlyph, glyphFinder } from './find-glyph.js'
import { GLYPH_HEIGHT, GLYPH_WIDTH, type Glyph, isSet } from './glyph.js'
import { pngFile } from './png-file.js'

const PADDING = 12

/** A terminal's screen as a PNG picture, 12 × 24 pixels a cell. What the font does not know is a frame as wide as the character, never another letter. */
export function framePng(screen: readonly (readonly ScreenCell[])[], title: string): Uint8Array {
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
  return pngFile({ width, height, palette: canvas.palette, pixels: canvas.pixels, title })
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

type IsInk = (x: number, y: number) => boolean

function drawCell(canvas: Canvas, cell: ScreenCell, place: Place, find: FindGlyph): void {
  const colour = cell.weight === 'dim' ? mixed(colourOf(cell)) : colourOf(cell)
  const [ink, field] = cell.field === 'reverse' ? [BACKGROUND, colour] : [colour, BACKGROUND]
  if (field !== BACKGROUND) fill(canvas, field, place, () => true)
  if (cell.text.trim() === '') return
  const glyph = find(cell.text)
  fill(canvas, ink, place, glyph ? inkOf(glyph, cell.weight) : frameOf(place.width))
}

/** Puts a colour where `isInk` says so, which counts from the place's corner. */
function fill({ width: lineWidth, pixels, palette }: Canvas, colour: string, { left, top, width }: Place, isInk: IsInk): void {
  const known = palette.indexOf(colour)
  const index = known < 0 ? palette.push(colour) - 1 : known
  for (let y = 0; y < GLYPH_HEIGHT; y++) {
    for (let x = 0; x < width; x++) if (isInk(x, y)) pixels[(top + y) * lineWidth + left + x] = index
  }
}

/** Bold is the same a second time, a pixel further right. */
function inkOf(glyph: Glyph, weight: ScreenCell['weight']): IsInk {
  return weight === 'bold' ? (x, y) => isSet(glyph, x, y) || (x > 0 && isSet(glyph, x - 1, y)) : (x, y) => isSet(glyph, x, y)
}

function frameOf(width: number): IsInk {
  const [right, bottom] = [width - 2, GLYPH_HEIGHT - 5]
  return (x, y) => x >= 1 && x <= right && y >= 4 && y <= bottom && (x === 1 || x === right || y === 4 || y === bottom)
}

/** A colour that lets the background through. */
function mixed(colour: string): string {
  const parts = [1, 3, 5].map((at) => {
    const [ink, field] = [colour, BACKGROUND].map((hex) => Number.parseInt(hex.slice(at, at + 2), 16))
    return Math.round((ink ?? 0) * DIM_OPACITY + (field ?? 0) * (1 - DIM_OPACITY))
  })
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
