import { type EpochMicros, parseDurationMs, parseMicros } from '../../../readings/time.js'

const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/

/**
 * Where somebody wants a replay to go on: `+30s` and `-5m` from where it is, `14:03:07` on the wall clock of the day that is shown, or a whole time. Null
 * where it is none of these.
 */
export function replayTime(
  text: string,
  { position, utcOffsetMinutes }: { readonly position: EpochMicros; readonly utcOffsetMinutes: number },
): EpochMicros | null {
  const step = /^([+-])(.+)$/.exec(text)
  const stepMs = step ? parseDurationMs(step[2]?.trim() ?? '') : undefined
  if (step) return stepMs === undefined ? null : position + (step[1] === '-' ? -1 : 1) * stepMs * 1000
  const clock = CLOCK.exec(text)
  if (!clock) return parseMicros(text) ?? null
  const [hours = 0, minutes = 0, seconds = 0] = clock.slice(1).map((part: string | undefined) => Number(part ?? 0))
  if (hours > 23 || minutes > 59 || seconds > 59) return null
  const offset = utcOffsetMinutes * 60e6
  const midnight = Math.floor((position + offset) / 86_400e6) * 86_400e6
  return midnight + (hours * 3600 + minutes * 60 + seconds) * 1e6 - offset
}
