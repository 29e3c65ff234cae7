import { fitBlock, ruleRow } from '../rows/fit-row.js'
import type { Row } from '../rows/style.js'
import type { Rect } from './place-panes.js'

interface FramedPane {
  /** On the keyboard; undefined where the view has none. */
  readonly number: string | undefined
  readonly title: string
  readonly heading: Row
  readonly rows: readonly Row[]
  readonly focus: 'focused' | 'unfocused'
}

/** A pane's heading and its rows, exactly as large as its place. A sign shows the focus as well as the weight does. */
export function framePane({ number, title, heading, rows, focus }: FramedPane, { columns, rows: height }: Rect): readonly Row[] {
  const isFocused = focus === 'focused'
  const label: Row = [
    { text: isFocused ? '▸' : ' ', style: { weight: 'bold', ...(isFocused ? { colour: 'cyan' as const } : {}) } },
    { text: number === undefined ? '' : `${number} `, style: { colour: 'grey' } },
    { text: title, ...(isFocused ? { style: { weight: 'bold' } as const } : {}) },
  ]
  const spaced: Row = heading.length === 0 ? [] : [{ text: ' ' }, ...heading]
  return fitBlock([ruleRow([...label, ...spaced], columns), ...rows], { columns, rows: height })
}
