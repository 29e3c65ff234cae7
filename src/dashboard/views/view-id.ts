/** Every view by its number key; the tables of `registry.ts` say the rest. */
export const VIEW_IDS = ['sensors', 'detail', 'charts', 'spectrum', 'devices', 'events', 'log', 'recordings', 'licence'] as const
export type ViewId = (typeof VIEW_IDS)[number]

export function isViewId(word: unknown): word is ViewId {
  return VIEW_IDS.includes(word as ViewId)
}
