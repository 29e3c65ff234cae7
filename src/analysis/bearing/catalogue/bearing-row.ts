/** What a public source says about one bearing: its dimensions, or how often each part meets a defect in one turn of the shaft. */
export type BearingNumbers =
  | {
      readonly given: 'dimensions'
      readonly rollingElements: number
      /** As in the source, in the unit of the source. */
      readonly rollingElementDiameter: number
      readonly pitchDiameter: number
      readonly unit: 'mm' | 'in'
      readonly contactAngleDeg: number
    }
  | {
      readonly given: 'factors'
      /** Per turn of the shaft, outer ring standing. */
      readonly bpfo: number
      readonly bpfi: number
      readonly bsf: number
    }

export interface BearingRow {
  /** As its maker writes it, e.g. `6205-2RS JEM`. */
  readonly designation: string
  /** E.g. `SKF`. */
  readonly maker: string
  readonly numbers: BearingNumbers
  /** Address, or repository@commit and path, where the numbers were read. */
  readonly source: string
  /** The source's licence as far as it states one. */
  readonly licence: string
  /** What to know before trusting the row. */
  readonly note?: string
}
