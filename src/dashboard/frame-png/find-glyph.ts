import { inflateSync } from 'node:zlib'
import { GLYPH_RUNS, PACKED_GLYPHS } from './cell-glyphs.js'
import { drawnGlyph } from './drawn-glyphs.js'
import { GLYPH_HEIGHT, type Glyph } from './glyph.js'

/** What a character looks like; undefined where neither the font nor geometry knows it. */
export type FindGlyph = (character: string) => Glyph | undefined

/** Unpacks the font; for one picture after the other the same answer. */
export function glyphFinder(): FindGlyph {
  const packed = inflateSync(Buffer.from(PACKED_GLYPHS, 'base64'))
  const font = new Map<number, Glyph>()
  let at = 0
  for (const [first, last] of GLYPH_RUNS) {
    for (let code = first; code <= last; code++) {
      font.set(
        code,
        Uint16Array.from({ length: GLYPH_HEIGHT }, (_, row) => packed.readUInt16LE(at + 2 * row)),
      )
      at += 2 * GLYPH_HEIGHT
    }
  }
  return (character) => {
    const code = character.codePointAt(0) ?? 0x20
    return drawnGlyph(code) ?? font.get(code)
  }
}
