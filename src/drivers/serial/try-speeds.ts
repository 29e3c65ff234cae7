import type { TunableLine } from '../../serial-line/serial-line.js'
import type { Surroundings } from '../contract.js'
import { scoreText, type TextScore } from './score-text.js'

/** Likeliest first. */
export const SPEEDS: readonly number[] = [9600, 115_200, 19_200, 38_400, 4800, 57_600, 2400, 1200, 230_400]
/** Many devices speak once a second. */
const LISTEN_MS = 1200
/** Enough to be sure, either way. */
const ENOUGH_BYTES = 48
const MOST_BYTES = 4096
/** Text with a degree sign or two in it. */
const READABLE = 0.85
/** Of fewer bytes every single one must be text. */
const FEW_BYTES = 16

export interface SpeedTrial {
  readonly baudRate: number
  readonly found: TextScore
}

interface TrialOptions {
  /** Sent at each speed; null only listens. */
  readonly question: Uint8Array | null
  readonly around: Pick<Surroundings, 'clock' | 'signal'>
}

/**
 * Listens at one speed after the other until what comes is text.
 * @returns what was heard at each; the last one is text where any was
 */
export async function trySpeeds(line: TunableLine, { question, around }: TrialOptions): Promise<readonly SpeedTrial[]> {
  const trials: SpeedTrial[] = []
  for (const baudRate of SPEEDS) {
    if (around.signal.aborted) break
    await line.setBaudRate(baudRate)
    await line.flush()
    const found = scoreText(await listen(line, { question, around }))
    trials.push({ baudRate, found })
    if (isText(found)) break
  }
  return trials
}

export function isText({ score, bytes }: TextScore): boolean {
  return bytes < FEW_BYTES ? score === 1 : score >= READABLE
}

/** What comes within the time to listen, or enough of it. */
export async function listen(
  line: Pick<TunableLine, 'onBytes' | 'onClosed' | 'write'>,
  { question, around }: TrialOptions,
): Promise<Uint8Array> {
  const { clock, signal } = around
  const heard: number[] = []
  const enough = new AbortController()
  const stop = line.onBytes((bytes) => {
    heard.push(...bytes.subarray(0, MOST_BYTES - heard.length))
    if (heard.length >= ENOUGH_BYTES) enough.abort()
  })
  const stopWatching = line.onClosed(() => enough.abort())
  try {
    const patience = clock.sleep(LISTEN_MS, AbortSignal.any([signal, enough.signal]))
    // A far end that takes nothing must not hold up the trial.
    if (question) await Promise.race([line.write(question), patience])
    await patience
  } finally {
    enough.abort()
    stop()
    stopWatching()
  }
  return Uint8Array.from(heard)
}
