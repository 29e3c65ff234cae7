/**
 * How many terminal columns a text takes. Meant for text that `terminalSafe` has passed; agrees with wcwidth on combining
 * marks (0), East Asian wide forms and emoji (2), everything else (1).
 */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

/** Columns of one code point: 0, 1 or 2. */
export function characterWidth(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x300) return 1
  // Frames, blocks and braille: what charts are drawn with, and asked for most.
  if ((code >= 0x2500 && code <= 0x259f) || (code >= 0x2800 && code <= 0x28ff)) return 1
  if (COMBINING.test(character) || (code >= 0x1160 && code <= 0x11ff) || (code >= 0xd7b0 && code <= 0xd7ff)) return 0
  if (code < 0x1100) return 1
  return isWide(code) || EMOJI.test(character) ? 2 : 1
}

/** Exactly `columns` wide: cut with an ellipsis where the text is longer, filled with spaces where it is shorter. */
export function fitWidth(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  if (columns <= 0) return ''
  const cut = cutWidth(text, columns)
  const fill = ' '.repeat(Math.max(0, columns - displayWidth(cut)))
  return align === 'left' ? cut + fill : fill + cut
}

/** At most `columns` wide; the last column becomes an ellipsis where something was cut off. */
export function cutWidth(text: string, columns: number): string {
  if (columns <= 0) return ''
  if (text.length <= columns && ASCII.test(text)) return text
  let width = 0
  let kept = ''
  let beforeEllipsis = ''
  for (const character of text) {
    const next = width + characterWidth(character)
    if (next > columns) return `${beforeEllipsis}…`
    kept += character
    width = next
    if (width <= columns - 1) beforeEllipsis = kept
  }
  return kept
}

const ASCII = /^[\x20-\x7e]*$/
const COMBINING = /^[\p{Mn}\p{Me}]$/u
const EMOJI = /^\p{Emoji_Presentation}$/u

/** Unicode's East Asian Width W and F, joined where only unassigned code points lie between (UAX #11). */
const WIDE_RANGES: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18aff],
  [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f2ff],
  [0x20000, 0x3fffd],
]

function isWide(code: number): boolean {
  return WIDE_RANGES.some(([first, last]) => code >= first && code <= last)
}
