import type { Row } from './style.js'
import { textLines } from './text-lines.js'

/** A sentence in a pane, grey and whole: as many rows as it needs at that width. */
export function saidRows(text: string, columns: number): readonly Row[] {
  return textLines(text, columns - 2).map((line): Row => [{ text: `  ${line}`, style: { colour: 'grey' } }])
}
