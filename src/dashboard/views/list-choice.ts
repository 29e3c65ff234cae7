/** A cursor in a list that changes under it: it stays on its item, wherever that goes. Plain JSON. */
export interface ListChoice<Key extends string | number> {
  /** Null before anybody moved it: the first item. */
  readonly cursor: Key | null
  /** First visible position. */
  readonly top: number
}

export const FIRST_CHOICE = { cursor: null, top: 0 } as const

/** Up, down, pages and ends; in every list the same keys. */
export const LIST_STEPS = [
  { press: ['up', 'k'], shown: '↑  k', does: 'the row above', step: () => -1 },
  { press: ['down', 'j'], shown: '↓  j', does: 'the row below', step: () => 1 },
  { press: ['page-up'], shown: 'PgUp', does: 'a page up', step: (page: number) => -Math.max(1, page - 1) },
  { press: ['page-down'], shown: 'PgDn', does: 'a page down', step: (page: number) => Math.max(1, page - 1) },
  { press: ['home', 'g'], shown: 'Home  g', does: 'the first row', step: () => Number.NEGATIVE_INFINITY },
  { press: ['end', 'G'], shown: 'End  G', does: 'the last row', step: () => Number.POSITIVE_INFINITY },
] as const

/** The cursor `step` items further, as far as there are any. */
export function moveChoice<Key extends string | number, Choice extends ListChoice<Key>>(
  choice: Choice,
  order: readonly Key[],
  step: number,
): Choice {
  if (order.length === 0) return choice
  const position = choice.cursor === null ? 0 : Math.max(0, order.indexOf(choice.cursor))
  const cursor = order[Math.max(0, Math.min(order.length - 1, position + step))] ?? null
  return cursor === choice.cursor ? choice : { ...choice, cursor }
}

/** The choice as it fits the list: the item with the cursor exists and is visible. The same object where nothing changes. */
export function settleChoice<Key extends string | number, Choice extends ListChoice<Key>>(
  choice: Choice,
  order: readonly Key[],
  visibleRows: number,
): Choice {
  const position = choice.cursor === null ? 0 : Math.max(0, order.indexOf(choice.cursor))
  const lowest = Math.max(0, order.length - visibleRows)
  const top = Math.max(0, Math.min(lowest, Math.max(position - visibleRows + 1, Math.min(choice.top, position))))
  const cursor = choice.cursor === null ? null : (order[position] ?? null)
  return top === choice.top && cursor === choice.cursor ? choice : { ...choice, top, cursor }
}

/** Rows that a list which grows by itself can use: in steps, so that not every entry moves the panes around it. */
export function rowsForGrowing(count: number): number {
  return Math.max(1, Math.ceil(count / GROWS_BY)) * GROWS_BY
}

const GROWS_BY = 4

/** Out of a saved layout. */
export function restoreChoice(saved: unknown): ListChoice<never> {
  const top = (saved as { readonly top?: unknown } | null)?.top
  return { cursor: null, top: typeof top === 'number' && Number.isInteger(top) && top >= 0 ? top : 0 }
}
