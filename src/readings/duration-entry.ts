import { z } from 'zod'
import { parseDurationMs } from './time.js'

const DAY_MS = 86_400_000

/** A duration of a file, from 1 ms to a day. */
export const durationEntry = z.union([z.string(), z.number()]).refine((text) => {
  const ms = parseDurationMs(String(text))
  return ms !== undefined && ms >= 1 && ms <= DAY_MS
})
