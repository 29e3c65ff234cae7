/** Every view; the first nine have the number keys. The tables of `registry.ts` say the rest. */
export const VIEW_IDS = [
  'sensors',
  'detail',
  'charts',
  'spectrum',
  'devices',
  'events',
  'log',
  'recordings',
  'licence',
  'commissioning',
  'health',
  'summary',
  'number',
  'gauge',
  'sparklines',
  'coverage',
  'text',
  'write',
] as const
export type ViewId = (typeof VIEW_IDS)[number]

/** The key that goes to a view; undefined where it is reached by name only. */
export function numberKeyOf(id: ViewId): string | undefined {
  const place = VIEW_IDS.indexOf(id) + 1
  return place <= 9 ? String(place) : undefined
}
