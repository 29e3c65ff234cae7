/** Periods below this would be nothing but queueing. */
export const SHORTEST_PERIOD_MS = 1

/** Samples of one period, on the monotonic clock: the n-th is due at start + n × period, so that lateness never adds up. */
export interface Schedule {
  readonly startMs: number
  readonly periodMs: number
  /** Number of the next sample. */
  readonly next: number
}

/** Begins now; the first sample is due at once. */
export function scheduleFrom(startMs: number, periodMs: number): Schedule {
  return { startMs, periodMs: Math.max(SHORTEST_PERIOD_MS, periodMs), next: 0 }
}

export function dueMs({ startMs, periodMs, next }: Schedule): number {
  return startMs + next * periodMs
}

/** The schedule after a sample was taken: the next one, or, where whole periods were overrun, the latest that is due by now. */
export function advance(schedule: Schedule, nowMs: number): { readonly schedule: Schedule; readonly skipped: number } {
  const following = schedule.next + 1
  const latestDue = Math.floor((nowMs - schedule.startMs) / schedule.periodMs)
  const next = Math.max(following, latestDue)
  return { schedule: { ...schedule, next }, skipped: next - following }
}
