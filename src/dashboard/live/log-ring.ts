import type { EpochMicros } from '../../readings/time.js'

/** Something that a driver or sink had to say. */
export interface LogEntry {
  readonly at: EpochMicros
  readonly level: 'note' | 'warning'
  readonly text: string
}

export const LOG_KEPT = 500
const TEXT_KEPT = 500
const FACTS_KEPT = 8

/** Keeps the latest entries, cut to what a screen can show. */
export function keepLog(log: LogEntry[], entry: LogEntry): void {
  log.push({ ...entry, text: entry.text.slice(0, TEXT_KEPT) })
  if (log.length > LOG_KEPT) log.shift()
}

/** A text with its facts behind it: `retrying host=10.0.0.5 attempt=3`. */
export function textWithFacts(text: string, facts: Readonly<Record<string, unknown>> = {}): string {
  const words = Object.entries(facts)
    .slice(0, FACTS_KEPT)
    .map(([name, fact]) => `${name}=${typeof fact === 'string' ? fact : (JSON.stringify(fact) ?? 'undefined')}`)
  return [text, ...words].join(' ').slice(0, TEXT_KEPT)
}
