export type AnalysisFaultReason = 'too-few-samples' | 'not-finite' | 'out-of-range'

/** The only error that analysis throws: the numbers given cannot answer the question asked. The edge turns it into a Fault. */
export class AnalysisFault extends Error {
  override readonly name = 'AnalysisFault'
  readonly reason: AnalysisFaultReason

  constructor(reason: AnalysisFaultReason, message: string) {
    super(message)
    this.reason = reason
  }
}
