/** What was witnessed on a line that has no transaction ids. */
export interface LineFaults {
  /** The adapter hears what it sends. */
  readonly echoes: boolean
  /** Answers that were cut short or failed their check. */
  readonly broken: number
  /** Answers of units that were not asked. */
  readonly strangers: number
  /** Second answers to one question. */
  readonly doubles: number
  /** Bytes that came while nobody had been asked. */
  readonly stray: number
}

export function noFaults(): LineFaults {
  return { echoes: false, broken: 0, strangers: 0, doubles: 0, stray: 0 }
}
