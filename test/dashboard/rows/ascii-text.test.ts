import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asciiText } from '../../../src/dashboard/rows/ascii-text.js'
import { displayWidth } from '../../../src/output/display-width.js'
import { terminalSafe } from '../../../src/output/terminal-safe.js'

describe('text for terminals that have ASCII only', () => {
  it('keeps what can be kept', () => {
    expect(asciiText('▸ 37.8 °C  m/s² µm Müller 漢')).toBe('> 37.8 oC  m/s2 um Muller ??')
    expect(asciiText('⠀⣿▁█')).toBe(' #.#')
  })

  it('is ASCII, and as wide as it was, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const safe = terminalSafe(text)
        const ascii = asciiText(safe)
        expect(ascii).toMatch(/^[\x20-\x7e]*$/)
        expect(ascii).toHaveLength(displayWidth(safe))
      }),
    )
  })
})
