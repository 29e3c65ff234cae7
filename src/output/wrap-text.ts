import { displayWidth } from './display-width.js'

/** A paragraph in lines of at most so many columns, broken at blanks; lines after the first are indented. A word that is longer stays whole. */
export function wrapText(text: string, { columns, indent }: { readonly columns: number; readonly indent: string }): string {
  const lines: string[] = []
  const [margin = ''] = /^ */.exec(text) ?? []
  let line = margin
  for (const word of text.trimStart().split(' ')) {
    const longer = line.trim() === '' ? line + word : `${line} ${word}`
    if (line.trim() === '' || displayWidth(longer) <= columns) {
      line = longer
      continue
    }
    lines.push(line)
    line = indent + word
  }
  return [...lines, line].join('\n')
}
