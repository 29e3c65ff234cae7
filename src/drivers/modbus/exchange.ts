import type { LineDamage } from './line-damage.js'
import type { Target } from './medium.js'

export interface Question {
  readonly unit: number
  readonly pdu: Uint8Array
  readonly timeoutMs: number
  /** Told when the answer comes after all, `tookMs` after the question; its values are never used. */
  readonly late?: (tookMs: number, pdu: Uint8Array) => void
  /**
   * Where a line can tell answers apart: after so many ms without an answer the next question may go out, while this one is still waited for.
   * A line that cannot (RTU, ASCII) passes over it.
   */
  readonly giveWay?: { readonly afterMs: number; readonly then: () => void }
  /** Set where nothing else is to be asked until all answers are there. */
  readonly isLast?: true
}

/** How the last question of a round leaves where answers are still to come: in one piece, or byte by byte, each acknowledging an answer. */
export type LastQuestion = 'whole' | 'in-pieces'

/** What became of a question. */
export type Exchange =
  | { readonly kind: 'reply'; readonly pdu: Uint8Array; readonly tookMs: number }
  | { readonly kind: 'silence'; readonly waitedMs: number }
  /** `isSpoilt`: bytes came that are no sound frame, as noise leaves them. */
  | { readonly kind: 'malformed'; readonly why: string; readonly isSpoilt?: true }

/** Whoever carries questions to the units of one line and brings back the answers: Modbus TCP, RTU, ASCII. */
export interface ModbusLine {
  /** What it is connected to, for messages and addresses. */
  readonly target: Target
  /** Aborted once the line is gone, whoever ended it. */
  readonly gone: AbortSignal
  /** True while nothing but foreign bytes has come. */
  readonly isForeign: boolean
  /** How many questions may be on their way at the same time; 1 where the line is not known to bear more. */
  window: number
  /** The most that `window` may be set to: 1 where answers cannot be told apart. */
  readonly widestWindow: number
  /** Left out where only one question is ever out. */
  lastQuestion?: LastQuestion
  /** How much of the answers the line spoils; left out where the transport sees to that (TCP). */
  readonly damage?: LineDamage
  /** @throws DriverFault CONNECTION_LOST when the line breaks; a silent unit is no fault. */
  ask(question: Question): Promise<Exchange>
  /** Never throws. */
  close(): Promise<void>
}
