import { type EpochMicros, parseMicros } from '../../readings/time.js'

/** Where senders put the time of measuring. */
export const TIME_KEYS = ['time', 'timestamp', 'ts'] as const

/** 2001-09-09 to 2100-01-01, in seconds: the four spellings of an epoch do not overlap there, so a number tells its own unit. */
const EARLIEST_S = 1e9
const LATEST_S = 4_102_444_800

/** The time that an object states; undefined where it states none, or one that could mean several things (no zone, a small number). */
export function sourceTimeOf(object: Readonly<Record<string, unknown>>): EpochMicros | undefined {
  for (const key of TIME_KEYS) {
    const stated = object[key]
    const at = typeof stated === 'string' ? timeOfText(stated) : typeof stated === 'number' ? timeOfNumber(stated) : undefined
    if (at !== undefined) return at
  }
  return undefined
}

function timeOfText(text: string): EpochMicros | undefined {
  if (text.length > 40) return undefined
  return parseMicros(text) ?? (/^\d+(\.\d+)?$/.test(text) ? timeOfNumber(Number(text)) : undefined)
}

function timeOfNumber(epoch: number): EpochMicros | undefined {
  for (const perSecond of [1, 1e3, 1e6, 1e9]) {
    if (epoch >= EARLIEST_S * perSecond && epoch < LATEST_S * perSecond) return Math.round((epoch / perSecond) * 1e6)
  }
  return undefined
}
