import type { FaultCode } from './catalogue.js'

/** What is known of a fault; facts, no advice. */
export interface FaultFacts {
  /** One sentence: what happened and where. */
  readonly message: string
  /** Labelled places and things, e.g. `{ sensor: 'pump-247/…', file: 'chatterfix.yaml:12' }`. */
  readonly where?: Readonly<Record<string, string>>
  /** Why, as far as it is known, with the evidence. */
  readonly because?: string
  /** Values for the placeholders in the advice, e.g. `{ address: 'modbus-tcp://…' }`. */
  readonly advice?: Readonly<Record<string, string>>
  readonly cause?: unknown
}

/** The only kind of error that this program throws on purpose. Handled once, at the edge, where the catalogue adds exit code and advice. */
export class Fault extends Error {
  override readonly name: string = 'Fault'
  readonly code: FaultCode
  readonly facts: FaultFacts

  constructor(code: FaultCode, facts: FaultFacts) {
    super(facts.message, facts.cause === undefined ? {} : { cause: facts.cause })
    this.code = code
    this.facts = facts
  }
}

/** The same fault with the place that its thrower could not know. What it said itself stays. */
export function locatedAt(fault: Fault, where: Readonly<Record<string, string>>): Fault {
  return new Fault(fault.code, { ...fault.facts, where: { ...where, ...fault.facts.where }, cause: fault })
}

/** The text of whatever was thrown, for the `because` of a fault. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return reasonOf(thrown.errors[0])
  return thrown instanceof Error ? thrown.message : String(thrown)
}
