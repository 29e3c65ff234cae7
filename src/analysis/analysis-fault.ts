import { Fault } from '../faults/fault.js'

export type AnalysisFaultReason = 'too-few-samples' | 'not-finite' | 'out-of-range'

/** The numbers given cannot answer the question asked. */
export class AnalysisFault extends Fault {
  override readonly name = 'AnalysisFault'
  readonly reason: AnalysisFaultReason

  constructor(reason: AnalysisFaultReason, message: string) {
    super('ANALYSIS_IMPOSSIBLE', { message, because: BECAUSE[reason] })
    this.reason = reason
  }
}

const BECAUSE: Readonly<Record<AnalysisFaultReason, string>> = {
  'too-few-samples': 'there are too few samples',
  'not-finite': 'there are values that are no finite numbers',
  'out-of-range': 'a number lies outside of what the method can take',
}
