/** `14:03:07` on the wall clock of the person who looks; micros since the epoch. */
export function clockText(at: number, utcOffsetMinutes: number): string {
  return new Date(at / 1000 + utcOffsetMinutes * 60_000).toISOString().slice(11, 19)
}

/** `2026-11-22`, on the wall of the person. */
export function dateText(at: number, utcOffsetMinutes: number): string {
  return new Date(at / 1000 + utcOffsetMinutes * 60_000).toISOString().slice(0, 10)
}

/** A text with the times of day in it as the person's wall clock shows them, and with the date where it is another day than `at`. What is recorded stays exact. */
export function withLocalTimes(text: string, at: number, utcOffsetMinutes: number): string {
  return text.replaceAll(UTC_TIME, (written) => {
    const then = Date.parse(written) * 1000
    if (Number.isNaN(then)) return written
    const clock = clockText(then, utcOffsetMinutes)
    const date = dateText(then, utcOffsetMinutes)
    return date === dateText(at, utcOffsetMinutes) ? clock : `${date} ${clock}`
  })
}

/** As `formatMicros` writes them. */
const UTC_TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z\b/g
