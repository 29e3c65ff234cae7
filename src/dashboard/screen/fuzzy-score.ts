/** Behind one of these, or at the start, a word begins. */
const BREAK = /[\s/\-_.:]/
const CHARACTER = 1
const WORD_START = 6
const RUN = 4
/** More than letters that begin words can have between them, so that what begins as it was typed comes first. */
const PREFIX = 100

/**
 * How well some typed letters fit a text in which they occur in this order: more where they begin words or stand together, and where little else is
 * in the text; most where the text begins with them; null where they do not. Spaces only separate.
 */
export function fuzzyScore(typed: string, text: string): number | null {
  const letters = typed.toLowerCase().replaceAll(' ', '')
  const lower = text.toLowerCase()
  if (letters === '') return 0
  const whole = lower.indexOf(letters)
  const placed = whole >= 0 ? bestStart(lower, letters) : 0
  let score = 0
  let at = placed
  for (let index = 0; index < letters.length; index++) {
    const found = lower.indexOf(letters[index] ?? '', at)
    if (found < 0) return null
    score += CHARACTER + (startsWord(lower, found) ? WORD_START : 0) + (index > 0 && found === at ? RUN : 0)
    at = found + 1
  }
  return score + (lower.startsWith(letters) ? PREFIX : 0) - text.length / 100
}

/** Where the letters stand together: at the begin of a word if they do so anywhere. */
function bestStart(text: string, letters: string): number {
  for (let at = text.indexOf(letters); at >= 0; at = text.indexOf(letters, at + 1)) if (startsWord(text, at)) return at
  return text.indexOf(letters)
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || BREAK.test(text[at - 1] ?? '')
}
