import { saidRows } from '../rows/said-rows.js'
import type { Row } from '../rows/style.js'

/** What a pane shows in the place of what nobody told the dashboard: never an empty table, never a zero. */
export function notKnown(because: string, columns: number, more: readonly string[] = []): readonly Row[] {
  return [[{ text: '' }], ...[`nothing of this is known here yet because ${because}`, ...more].flatMap((text) => saidRows(text, columns))]
}
