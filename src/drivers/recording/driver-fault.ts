import { Fault } from '../../faults/fault.js'
import { DriverFault } from '../fault.js'

/** A recording does not get better by trying again. Errors that are no Faults are bugs, and stay what they are. */
export function asDriverFault(thrown: unknown): unknown {
  if (thrown instanceof DriverFault || !(thrown instanceof Fault)) return thrown
  return new DriverFault(thrown.code, { ...thrown.facts, retry: false })
}

/** Runs a call of the recordings library so that only DriverFaults come out. */
export async function withDriverFaults<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    throw asDriverFault(thrown)
  }
}
