import { describe, expect, it } from 'vitest'
import { glyphFinder } from '../../../src/dashboard/frame-png/find-glyph.js'
import { framePng } from '../../../src/dashboard/frame-png/frame-png.js'
import { GLYPH_HEIGHT, GLYPH_WIDTH } from '../../../src/dashboard/frame-png/glyph.js'
import { BACKGROUND, colourOf, FOREGROUND, type ScreenCell } from '../../../src/dashboard/frame-theme.js'
import { composeFrame } from '../../../src/dashboard/screen/compose-frame.js'
import { keptScreen } from '../../../src/dashboard/screen/kept-frame.js'
import { VIEW_IDS } from '../../../src/dashboard/views/view-id.js'
import { alone } from '../pressed.js'
import { samplePicture } from '../sample-picture.js'
import { type DecodedPng, decodePng } from './decode-png.js'

const PADDING = 12
const cells = (text: string, looks: Partial<ScreenCell> = {}): ScreenCell[] =>
  [...text].map((character) => ({ text: character, colour: null, weight: 'normal', field: 'normal', ...looks }))
const decoded = async (...rows: readonly (readonly ScreenCell[])[]): Promise<DecodedPng> => decodePng(await framePng(rows, 'a screen'))

/** How many pixels of a cell have a colour. */
function count({ at }: DecodedPng, colour: string, column = 0, columns = 1): number {
  let found = 0
  for (let y = 0; y < GLYPH_HEIGHT; y++) {
    for (let x = 0; x < columns * GLYPH_WIDTH; x++) if (at(PADDING + column * GLYPH_WIDTH + x, PADDING + y) === colour) found++
  }
  return found
}

describe('a frame as PNG', () => {
  it('is a file that the specification allows, of 12 × 24 pixels a cell and a border', async () => {
    const png = await decoded(cells('hello'), cells('you'))
    expect([png.width, png.height]).toEqual([5 * 12 + 24, 2 * 24 + 24])
    expect(png.chunks).toEqual(['IHDR', 'tEXt', 'PLTE', 'IDAT', 'IEND'])
    expect(png.at(0, 0)).toBe(BACKGROUND)
    // The checksum that every PNG ends with.
    expect(
      Buffer.from(await framePng([], 'empty'))
        .subarray(-4)
        .toString('hex'),
    ).toBe('ae426082')
  })

  it('has the colours of the theme: of the letter, of a dim one, of a reversed field', async () => {
    expect(count(await decoded(cells('A')), FOREGROUND)).toBeGreaterThan(20)
    expect(count(await decoded(cells('A', { colour: 1 })), colourOf({ colour: 1 }))).toBeGreaterThan(20)
    expect(count(await decoded(cells('A', { weight: 'dim' })), FOREGROUND)).toBe(0)
    const reversed = await decoded(cells('A', { field: 'reverse' }))
    expect(count(reversed, FOREGROUND) + count(reversed, BACKGROUND)).toBe(12 * 24)
    expect(count(reversed, FOREGROUND)).toBeGreaterThan(200)
  })

  it('draws bold letters broader', async () => {
    expect(count(await decoded(cells('I', { weight: 'bold' })), FOREGROUND)).toBeGreaterThan(count(await decoded(cells('I')), FOREGROUND))
  })

  it('fills of blocks and braille what their names say', async () => {
    expect(count(await decoded(cells('█')), FOREGROUND)).toBe(12 * 24)
    expect(count(await decoded(cells('▄')), FOREGROUND)).toBe(12 * 12)
    expect(count(await decoded(cells('▌')), FOREGROUND)).toBe(6 * 24)
    const [one, all] = [count(await decoded(cells('⠁')), FOREGROUND), count(await decoded(cells('⣿')), FOREGROUND)]
    expect(all).toBe(8 * one)
    expect(count(await decoded(cells('⠀')), FOREGROUND)).toBe(0)
  })

  it('joins lines from cell to cell', async () => {
    const { at, height } = await decoded(cells('│'), cells('├'), cells('└'))
    const column = Array.from({ length: 12 }, (_, x) => x).find((x) => at(PADDING + x, PADDING) === FOREGROUND) ?? -1
    for (let y = PADDING; y < height - PADDING - 13; y++) expect(at(PADDING + column, y)).toBe(FOREGROUND)
  })

  it('draws a frame of their width for characters that it does not know', async () => {
    const png = await decoded([...cells('中'), { ...cells(' ')[0], text: '' } as ScreenCell])
    const framed = count(png, FOREGROUND, 0, 2)
    expect(framed).toBe(2 * 22 + 2 * 14)
    expect(png.at(PADDING + 1, PADDING + 4)).toBe(FOREGROUND)
    expect(png.at(PADDING + 12, PADDING + 12)).toBe(BACKGROUND)
  })

  it('is what the screen shows', async () => {
    const frame = composeFrame(samplePicture({ screen: alone('sensors') }), { columns: 60, rows: 12 })
    const png = decodePng((await keptScreen(frame, 'screen.PNG')) as Uint8Array)
    expect([png.width, png.height]).toEqual([60 * 12 + 24, 12 * 24 + 24])
    // The name of the program stands in reverse in the corner.
    expect(png.at(PADDING + 1, PADDING + 1)).toBe(FOREGROUND)
  })

  it('knows every sign that our views draw', () => {
    const find = glyphFinder()
    const unknown = new Set<string>()
    for (const view of VIEW_IDS) {
      const frame = composeFrame(samplePicture({ screen: alone(view) }), { columns: 140, rows: 40 })
      for (const character of frame.rows.flatMap((row) => row.flatMap(({ text }) => [...text])))
        if (character !== ' ' && character.codePointAt(0) !== 0xa0 && !find(character)) unknown.add(character)
    }
    for (const sign of '←↑→↓−–—…°±²³µ·×≤≥≠∞√‰■□▲△▶▸►▼▽◀◂◆◇◉○◌●⚑⚠✓✔✕✗⏸⊘⇥┄┈╌━┃▕░▒▓ΔΣΩπ') {
      const isDrawn = find(sign)?.some((row) => row !== 0)
      if (!isDrawn) unknown.add(sign)
    }
    expect([...unknown]).toEqual([])
  })
})
