/** A question that an answer may belong to. */
export interface Asked {
  readonly unit: number
  readonly pdu: Uint8Array
}

/** A sound frame in what was received. */
export interface FoundFrame<Q extends Asked> {
  /** The question that it has the form of an answer to; null for a frame of a unit or function that nobody asked. */
  readonly asked: Q | null
  readonly unit: number
  readonly pdu: Uint8Array
  /** Where it begins, and the place after its last byte. */
  readonly start: number
  readonly end: number
}

/** What the check at the end of a frame lets through. */
export interface FrameCheck {
  /** Fewer wrong bits are always noticed. */
  readonly fewestErrors: number
  /** Of frames of so many bits with so many or more wrong ones, the share that passes at the most. */
  readonly slips: (bits: number) => number
  /** Bit errors that a new line is suspected of: 0 where the check is good enough to say so when there are some. */
  readonly assumedErrors: number
}

/** How frames look on a line that has no transaction ids. */
export interface Framing {
  /** A whole frame, with its check. */
  encode(unit: number, pdu: Uint8Array): Uint8Array
  /** The first sound frame, from `from` on, that has the form of an answer to one of the questions; garbage around it is passed over. */
  find<Q extends Asked>(bytes: Uint8Array, from: number, asked: readonly Q[]): FoundFrame<Q> | undefined
  readonly check: FrameCheck
  /** Bytes on the line of a frame around this PDU. */
  frameBytes(pdu: Uint8Array): number
  /** Bytes on the line of the answer that was asked for; the least where that depends on the unit. */
  answerBytes(pdu: Uint8Array): number
  /** Some sound frame of whatever unit, to say who answered instead. */
  findStranger(bytes: Uint8Array, pdu: Uint8Array): number | undefined
}
