import { cutWidth, displayWidth } from '../../output/display-width.js'

/** With its exponent: without it, it would be another number. */
const WITH_EXPONENT = /[-−+]?\d[\d.]*e[-−+]?\d+/g

/** At most so many columns, with `…` where something was cut off; a number with an exponent stays whole or goes. */
export function cutText(text: string, columns: number): string {
  const cut = cutWidth(text, columns)
  if (cut === text) return text
  const kept = cut.length - 1
  for (const { index, 0: number } of text.matchAll(WITH_EXPONENT)) {
    if (index >= kept) break
    if (index + number.length < kept) continue
    const before = `${text.slice(0, index)}…`
    return before + ' '.repeat(Math.max(0, columns - displayWidth(before)))
  }
  return cut
}
