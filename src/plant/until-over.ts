import process from 'node:process'
import type { Clock } from '../readings/clock.js'

const LOOK_EVERY_MS = 500

export interface PlantEnding {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Undefined: only a signal ends it. */
  readonly durationMs: number | undefined
  /** `watched`: it also ends when the process that started this one has ended (it has another parent then). */
  readonly parent: 'watched' | 'ignored'
}

/** Resolves when the plant's time is over. */
export async function untilOver({ clock, signal, durationMs = Infinity, parent }: PlantEnding): Promise<void> {
  const startMs = clock.monotonicMs()
  const startedBy = process.ppid
  while (!signal.aborted) {
    const leftMs = durationMs - (clock.monotonicMs() - startMs)
    if (leftMs <= 0 || (parent === 'watched' && process.ppid !== startedBy)) return
    await clock.sleep(Math.min(leftMs, LOOK_EVERY_MS), signal)
  }
}
