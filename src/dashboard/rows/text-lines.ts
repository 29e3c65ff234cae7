import { characterWidth, displayWidth } from '../../output/display-width.js'
import { wrapText } from '../../output/wrap-text.js'

/** A text in lines of at most so many columns: broken at blanks, and inside a word (an address, a path) that fits no line. */
export function textLines(text: string, columns: number): readonly string[] {
  const width = Math.max(2, columns)
  if (displayWidth(text) <= width) return [text]
  const lines = wrapText(text, { columns: width, indent: '' }).split('\n')
  return lines.flatMap((line) => (displayWidth(line) <= width ? [line] : pieces(line, width)))
}

function pieces(word: string, columns: number): readonly string[] {
  const cut: string[] = []
  let piece = ''
  let width = 0
  for (const character of word) {
    const wide = characterWidth(character)
    if (width + wide > columns) {
      cut.push(piece)
      piece = ''
      width = 0
    }
    piece += character
    width += wide
  }
  return [...cut, piece]
}
