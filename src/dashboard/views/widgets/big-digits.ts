/** Three pixels wide, five high; a `#` is a pixel. */
const PIXELS: Readonly<Record<string, readonly string[]>> = {
  '0': ['###', '# #', '# #', '# #', '###'],
  '1': [' # ', '## ', ' # ', ' # ', '###'],
  '2': ['###', '  #', '###', '#  ', '###'],
  '3': ['###', '  #', ' ##', '  #', '###'],
  '4': ['# #', '# #', '###', '  #', '  #'],
  '5': ['###', '#  ', '###', '  #', '###'],
  '6': ['###', '#  ', '###', '# #', '###'],
  '7': ['###', '  #', '  #', '  #', '  #'],
  '8': ['###', '# #', '###', '# #', '###'],
  '9': ['###', '# #', '###', '  #', '###'],
  '−': ['   ', '   ', '###', '   ', '   '],
  '+': ['   ', ' # ', '###', ' # ', '   '],
  '.': [' ', ' ', ' ', ' ', '#'],
  ',': [' ', ' ', ' ', '#', '#'],
  e: ['   ', '###', '###', '#  ', '###'],
}

export const BIG_ROWS = 3
const HALVES = { '  ': ' ', '# ': '▀', ' #': '▄', '##': '█' } as const

/** A number in characters three rows high; undefined where a sign has no picture (text, infinity) or it would be wider than `columns`. */
export function bigDigits(number: string, columns: number): readonly string[] | undefined {
  const glyphs = [...number].map((sign) => PIXELS[sign])
  if (number === '' || glyphs.some((glyph) => glyph === undefined)) return undefined
  const lines = Array.from({ length: BIG_ROWS }, (_, row) =>
    glyphs.map((glyph = []) => halves(glyph[2 * row], glyph[2 * row + 1])).join(' '),
  )
  return (lines[0]?.length ?? 0) > columns ? undefined : lines
}

function halves(upper = '', lower = ''): string {
  return [...upper].map((pixel, column) => HALVES[`${pixel}${lower[column] ?? ' '}` as keyof typeof HALVES]).join('')
}
