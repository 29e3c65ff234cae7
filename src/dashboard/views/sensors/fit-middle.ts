import { cutWidth, displayWidth, fitWidth } from '../../../output/display-width.js'

/** `pump-247/` */
const HEAD_KEPT = 9

/** Exactly `columns` wide. Asset and measuring point both tell sensors apart, so the middle of a long name gives way. */
export function fitMiddle(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return fitWidth(text, columns)
  const head = cutWidth(text, Math.min(HEAD_KEPT, Math.floor(columns * 0.4)) + 1)
  let tail = ''
  for (const character of [...text].reverse()) {
    if (displayWidth(head + character + tail) > columns) break
    tail = character + tail
  }
  return fitWidth(head + tail, columns)
}
