import { Fault } from '../faults/fault.js'

export type AnalysisFaultReason = 'too-few-samples' | 'not-finite' | 'out-of-range' | 'constant' | 'not-stated'

/** The numbers given cannot answer the question asked. */
export class AnalysisFault extends Fault {
  override readonly name = 'AnalysisFault'
  readonly reason: AnalysisFaultReason

  /** @param wayOut  what would help, where that is more than the reason tells. */
  constructor(reason: AnalysisFaultReason, message: string, wayOut = WAY_OUT[reason]) {
    super('ANALYSIS_IMPOSSIBLE', { message, because: BECAUSE[reason], ...(wayOut === null ? {} : { advice: { help: wayOut } }) })
    this.reason = reason
  }
}

const BECAUSE: Readonly<Record<AnalysisFaultReason, string>> = {
  'too-few-samples': 'there are too few samples',
  'not-finite': 'there are values that are no finite numbers',
  'out-of-range': 'a number lies outside of what the method can take',
  constant: 'all samples have the same value: the sensor is stuck, not connected, or its converter is',
  'not-stated': 'it depends on something that neither the file nor anybody states',
}

const WAY_OUT: Readonly<Record<AnalysisFaultReason, string | null>> = {
  'too-few-samples': 'a longer record: chatterfix record … --for 30s',
  'not-finite': 'another channel (--sensor CHANNEL), or the record without the stretch that is damaged',
  'out-of-range': null,
  constant: 'another channel (--sensor CHANNEL); then cable, supply and range of this one',
  'not-stated': null,
}
