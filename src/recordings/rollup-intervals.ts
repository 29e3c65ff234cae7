/** The intervals that readings are summed up in, UTC, and how long they are. */
export const INTERVAL_MICROS = { minutes: 60_000_000, hours: 3_600_000_000, days: 86_400_000_000 } as const
export type IntervalName = keyof typeof INTERVAL_MICROS
export const INTERVAL_NAMES = Object.keys(INTERVAL_MICROS) as IntervalName[]
