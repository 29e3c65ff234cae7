import { displayWidth } from '../../output/display-width.js'
import { cutText } from './cut-text.js'
import type { Row, Span } from './style.js'

/** Cuts or fills a row to exactly `columns`. */
export function fitRow(row: Row, columns: number): Row {
  const fitted: Span[] = []
  let left = columns
  for (const span of row) {
    if (left <= 0) break
    const text = cutText(span.text, left)
    if (text === '') continue
    fitted.push(text === span.text ? span : { ...span, text })
    left -= displayWidth(text)
    if (text !== span.text) break
  }
  if (left > 0) fitted.push({ text: ' '.repeat(left) })
  return fitted
}

/** Two parts of one row, the second at the right edge; where both do not fit the first gives way. */
export function spreadRow(start: Row, end: Row, columns: number): Row {
  const endWidth = widthOf(end)
  if (endWidth >= columns) return fitRow(end, columns)
  return [...fitRow(start, columns - endWidth), ...end]
}

/** A heading with a line to the edge: `─ sensors 24 ─────`; its first character stands in the line. */
export function ruleRow(title: Row, columns: number): Row {
  const used = widthOf(title) + 3
  const rest = Math.max(0, columns - used)
  return fitRow([{ text: '─', style: RULE }, ...title, { text: ` ${'─'.repeat(rest + 1)}`, style: RULE }], columns)
}

export function widthOf(row: Row): number {
  return row.reduce((width, span) => width + displayWidth(span.text), 0)
}

/** Exactly `rows` rows of `columns`. */
export function fitBlock(block: readonly Row[], size: { readonly columns: number; readonly rows: number }): readonly Row[] {
  const fitted = block.slice(0, size.rows).map((row) => fitRow(row, size.columns))
  while (fitted.length < size.rows) fitted.push([{ text: ' '.repeat(size.columns) }])
  return fitted
}

const RULE = { colour: 'grey' } as const
