import type { FaultCode } from '../faults/catalogue.js'
import { Fault, type FaultFacts } from '../faults/fault.js'

interface Retry {
  readonly retry: boolean
  /** Where another attempt costs nobody anything (a local port): how long to wait for it at the most. */
  readonly retryWithinMs?: number
}

/** What a driver throws, and all that it throws. `retry` says whether trying again later is worthwhile. */
export class DriverFault extends Fault {
  override readonly name = 'DriverFault'
  readonly retry: boolean
  readonly retryWithinMs: number

  constructor(code: FaultCode, facts: FaultFacts & Retry) {
    super(code, facts)
    this.retry = facts.retry
    this.retryWithinMs = facts.retryWithinMs ?? Number.POSITIVE_INFINITY
  }
}
