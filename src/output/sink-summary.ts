import type { RoadReport } from '../acquisition/acquire.js'
import { formatMicros } from '../readings/time.js'
import { terminalSafe } from './terminal-safe.js'

/** What became of the measurements at one sink: stored + buffered + dropped is all that it took. */
export interface SinkSummary {
  readonly name: string
  readonly stored: number
  /** Not delivered yet. */
  readonly buffered: number
  readonly dropped: number
  /** How much of what is buffered lies on the disk, for the next run to deliver. */
  readonly spooled: number
  readonly drops: readonly { readonly count: number; readonly from: string; readonly to: string; readonly cause: string }[]
  /** What earlier runs had left; null where that was nothing. */
  readonly earlier: { readonly stored: number; readonly buffered: number; readonly dropped: number } | null
}

/** The recording and what `--to` named; a screen keeps nothing. */
export function sinkSummaries({ sinks }: Pick<RoadReport, 'sinks'>): readonly SinkSummary[] {
  return sinks
    .filter(({ name }) => name === 'recording' || isBeside(name))
    .map(({ name, tally: { stored, buffered, dropped, drops, spooled = 0, earlier = null } }) => ({
      name,
      stored,
      buffered,
      dropped,
      spooled,
      drops: drops.map(({ count, from, to, cause }) => ({ count, from: formatMicros(from), to: formatMicros(to), cause })),
      earlier,
    }))
}

/** One line a sink beside the recording, and one a cause of loss. */
export function sinkLines(sinks: readonly SinkSummary[]): readonly string[] {
  return sinks
    .filter(({ name }) => isBeside(name))
    .flatMap(({ name, stored, buffered, dropped, spooled, drops, earlier }) => [
      `  to ${terminalSafe(name)}: stored ${stored} + waiting ${buffered} + dropped ${dropped}${spooled > 0 ? '; the next run to there sends what waits' : ''}`,
      ...(earlier === null
        ? []
        : [`    of earlier runs: stored ${earlier.stored} + waiting ${earlier.buffered} + dropped ${earlier.dropped}`]),
      ...drops.map(({ count, cause }) => `    dropped ${count}: ${terminalSafe(cause)}`),
    ])
}

/** Sinks beside the recording are called by their address. */
function isBeside(name: string): boolean {
  return name.includes('://')
}
