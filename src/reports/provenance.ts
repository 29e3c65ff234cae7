/** Where a report comes from: whoever reads it later can repeat it. */
export interface Provenance {
  /** Program and version. */
  readonly tool: string
  /** As it was named. */
  readonly target: string
  /** What was stated, in words, e.g. `--speed 1797`. */
  readonly parameters: readonly string[]
  /** RFC 3339. */
  readonly madeAt: string
}
