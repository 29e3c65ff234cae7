import { widthOf } from './fit-row.js'
import type { Row } from './style.js'

/** Items of a legend side by side, each of them whole, in as many rows as they need. */
export function wrapItems(items: readonly Row[], columns: number): readonly Row[] {
  const rows: Row[] = []
  for (const item of items) {
    const last = rows.at(-1)
    if (last && widthOf(last) + widthOf(item) <= columns) rows[rows.length - 1] = [...last, ...item]
    else rows.push(item)
  }
  return rows
}
