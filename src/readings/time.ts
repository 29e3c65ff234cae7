/** Microseconds since 1970-01-01T00:00:00Z; an integer, exact until the year 2255. */
export type EpochMicros = number

const RFC3339 = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/

/** RFC 3339 in UTC with microseconds, e.g. `2026-11-22T15:04:05.123456Z`. */
export function formatMicros(at: EpochMicros): string {
  const wholeMs = Math.floor(at / 1000)
  const micros = at - wholeMs * 1000
  return `${new Date(wholeMs).toISOString().slice(0, -1)}${String(Math.floor(micros)).padStart(3, '0')}Z`
}

/** Reads RFC 3339 with up to nine decimals (digits beyond the sixth are cut off); undefined where the text is something else. */
export function parseMicros(text: string): EpochMicros | undefined {
  const match = RFC3339.exec(text.trim())
  if (!match) return undefined
  const [, day = '', clock, decimals = '', zone = 'Z'] = match
  if (!isCalendarDay(day)) return undefined
  const wholeMs = Date.parse(`${day}T${clock}${zone.toUpperCase()}`)
  if (Number.isNaN(wholeMs)) return undefined
  return wholeMs * 1000 + Number(decimals.padEnd(6, '0').slice(0, 6))
}

/** Date.parse takes 30 February for 2 March. */
function isCalendarDay(day: string): boolean {
  const midnightMs = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(midnightMs) && new Date(midnightMs).toISOString().startsWith(day)
}

const DURATION = /^(\d+(?:\.\d+)?)\s*(us|µs|ms|s|m|min|h|d|w|y)?$/
const DURATION_MS: Readonly<Record<string, number>> = {
  us: 0.001,
  µs: 0.001,
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  /** A year of keeping: 365 days. */
  y: 365 * 86_400_000,
}

/** `30s`, `500ms`, `1.5h`, or bare seconds `20`, in milliseconds; undefined where the text is something else. */
export function parseDurationMs(text: string): number | undefined {
  const match = DURATION.exec(text.trim())
  const factor = DURATION_MS[match?.[2] ?? 's']
  return match && factor !== undefined ? Number(match[1]) * factor : undefined
}

/** `2s` or `250ms`, as a file holds it. */
export function formatDurationMs(durationMs: number): string {
  return durationMs % 1000 === 0 ? `${durationMs / 1000}s` : `${durationMs}ms`
}
