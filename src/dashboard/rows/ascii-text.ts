import { characterWidth } from '../../output/display-width.js'

/** What our own signs become, each as wide as it was; letters keep their base, the rest is `?`. */
const PAIRS: Readonly<Record<string, string>> = {
  '─━┄┈╌': '-',
  '│┃▏▕⏸': '|',
  '┌┐└┘├┤┬┴┼╭╮╰╯': '+',
  '▸▶►→↦': '>',
  '◂◀←': '<',
  '↑▲△': '^',
  '↓▼▽': 'v',
  '●■◆': '*',
  '◌○□◇': 'o',
  '✗×✕': 'x',
  '✓✔': 'v',
  '·•': '.',
  '…': '~',
  '–—−‐': '-',
  '’‘': "'",
  '“”': '"',
  '±': '~',
  '≤': '<',
  '≥': '>',
  '∞': '8',
  '°': 'o',
  µμ: 'u',
  Ω: 'O',
  '¹': '1',
  '²': '2',
  '³': '3',
  '▁▂': '.',
  '▃▄': '-',
  '▅▆': '=',
  '▇█▉▊▋▌▍▎': '#',
  '░': '.',
  '▒': ':',
  '▓': '#',
}
const SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries(PAIRS).flatMap(([from, to]) => [...from].map((sign) => [sign, to] as const)),
)
const ASCII = /^[\x20-\x7e]*$/
/** By the number of a braille cell's eight dots that are set. */
const DENSITY = ' .::-=+##'

/** Text for a terminal or font that has ASCII only: exactly as wide as before. */
export function asciiText(text: string): string {
  if (ASCII.test(text)) return text
  let out = ''
  for (const character of text) out += asciiSign(character)
  return out
}

function asciiSign(character: string): string {
  if (character >= ' ' && character <= '~') return character
  const width = characterWidth(character)
  if (width === 0) return ''
  const code = character.codePointAt(0) ?? 0
  if (code >= 0x2800 && code <= 0x28ff) return DENSITY[dotsOf(code - 0x2800)] ?? '#'
  const known = SIGNS.get(character)
  if (known !== undefined) return known
  const base = character.normalize('NFD')[0] ?? '?'
  return base >= ' ' && base <= '~' ? base : '?'.repeat(width)
}

function dotsOf(bits: number): number {
  let dots = 0
  for (let rest = bits; rest > 0; rest >>= 1) dots += rest & 1
  return dots
}
