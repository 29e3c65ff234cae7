import { describe, expect, it } from 'vitest'
import { frameSvg } from '../../src/dashboard/frame-svg.js'
import type { ScreenCell } from '../../src/dashboard/frame-theme.js'

const cells = (text: string, looks: Partial<ScreenCell> = {}): ScreenCell[] =>
  [...text].map((character) => ({ text: character, colour: null, weight: 'normal', field: 'normal', ...looks }))

describe('a frame as SVG', () => {
  it('pins each word to its column and escapes what XML would read', () => {
    const svg = frameSvg([[...cells('a  <b>'), ...cells('!', { colour: 1 })]], 'x "y"')
    expect(svg).toContain('aria-label="x &quot;y&quot;"')
    expect([...svg.matchAll(/<text x="([\d.]+)"[^>]*fill="(#\w+)"[^>]*>([^<]*)</g)].map(([, x, , word]) => [x, word])).toEqual([
      ['12.0', 'a'],
      ['37.2', '&lt;b&gt;'],
      ['62.4', '!'],
    ])
  })

  it('fills the field of what is shown reversed', () => {
    expect(frameSvg([cells(' q ', { field: 'reverse' })], 'keys')).toMatch(/<rect x="12.0" y="12" width="25.2"/)
  })
})
