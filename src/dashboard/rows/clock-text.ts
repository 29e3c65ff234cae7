/** `14:03:07` on the wall clock of the person who looks; micros since the epoch. */
export function clockText(at: number, utcOffsetMinutes: number): string {
  return new Date(at / 1000 + utcOffsetMinutes * 60_000).toISOString().slice(11, 19)
}

/** `2026-11-22`, on the wall of the person. */
export function dateText(at: number, utcOffsetMinutes: number): string {
  return new Date(at / 1000 + utcOffsetMinutes * 60_000).toISOString().slice(0, 10)
}
