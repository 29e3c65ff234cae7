import { characterWidth, cutWidth } from './display-width.js'

export interface TerminalSafeOptions {
  /** In terminal columns; what is longer ends in `…`. */
  readonly maxWidth?: number
}

/** Enough for any name or message; a 1 MiB device name must not fill a screen or a log. */
export const DEFAULT_MAX_WIDTH = 512

/**
 * Makes text from outside safe for a terminal, and is the only function that does. What could act is shown instead as an
 * escape (`\x1b`, `\u202e`): C0, C1 and DEL (and with them every introducer of CSI, OSC, DCS, APC, PM and SOS strings), bidi controls, zero-width and
 * other invisible characters, lone surrogates, private-use and unassigned code points, and stacks of combining marks.
 * The result holds no control character, no line break, and is no wider than `maxWidth`.
 */
export function terminalSafe(text: string, options: TerminalSafeOptions = {}): string {
  const maxWidth = options.maxWidth ?? DEFAULT_MAX_WIDTH
  if (text.length <= maxWidth && PLAIN.test(text)) return text
  // No character becomes shorter, so more than this cannot be shown; spares walking through 1 MiB.
  const considered = text.length > maxWidth * CODE_UNITS_PER_COLUMN ? `${text.slice(0, maxWidth * CODE_UNITS_PER_COLUMN)}…` : text
  let safe = ''
  let marks = MAX_MARKS
  for (const character of considered) {
    const isMark = characterWidth(character) === 0
    marks = isMark ? marks + 1 : 0
    safe += UNSAFE.test(character) || (isMark && marks > MAX_MARKS) ? escapeOf(character) : character
    if (safe.length > maxWidth * CODE_UNITS_PER_COLUMN) break
  }
  return cutWidth(safe, maxWidth)
}

/** A base character with this many marks is still a letter of some language; more is an attack on the line above. */
const MAX_MARKS = 2
/** The widest spelling of one column: a character outside the BMP with `MAX_MARKS` such marks. */
const CODE_UNITS_PER_COLUMN = 2 * (1 + MAX_MARKS)

const PLAIN = /^[\x20-\x7e]*$/

/**
 * Default_Ignorable_Code_Point covers zero-width characters, bidi controls, variation selectors and fillers; U+2800 is the
 * blank Braille pattern; emoji modifiers are one or two columns wide depending on the terminal.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\u2800]/u

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x1_0000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`
}
