import type { EpochMicros } from '../../readings/time.js'

/** What stood between two ends of a message: a line, as a rule. */
export interface Message {
  readonly text: string
  /** When its first byte came. */
  readonly at: EpochMicros
  /** The same on the clock that never steps. */
  readonly beganMs: number
  /** Its beginning may be missing: it was on its way already when the port was opened. */
  readonly isTorn: boolean
}
