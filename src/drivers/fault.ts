import type { FaultCode } from '../faults/catalogue.js'
import { Fault, type FaultFacts } from '../faults/fault.js'

/** What a driver throws, and all that it throws. `retry` says whether trying again later is worthwhile. */
export class DriverFault extends Fault {
  override readonly name = 'DriverFault'
  readonly retry: boolean

  constructor(code: FaultCode, facts: FaultFacts & { readonly retry: boolean }) {
    super(code, facts)
    this.retry = facts.retry
  }
}
