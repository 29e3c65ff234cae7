import type { Row } from '../rows/style.js'

/** What a pane shows in the place of what nobody told the dashboard: never an empty table, never a zero. */
export function notKnown(because: string, more: readonly string[] = []): readonly Row[] {
  return [
    [{ text: '' }],
    [{ text: `  nothing of this is known here yet because ${because}`, style: { colour: 'grey' } }],
    ...more.map((text): Row => [{ text: `  ${text}`, style: { colour: 'grey' } }]),
  ]
}
