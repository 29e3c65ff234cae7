import type { EpochMicros } from '../../readings/time.js'
import type { Tenant } from '../customer.js'
import { type Decision, decideFeature, decideSensors, limitOf, SALES_ADDRESS, UPGRADE_URL } from '../decision.js'
import { gate } from './problem.js'

/** What a change asks of the licence: `used` sensors now, `wanted` after it, over all sites of the customer. */
export interface Demand {
  readonly used: number
  readonly wanted: number
  readonly now: EpochMicros
}

export interface Violation {
  readonly code: string
  readonly message: string
  readonly used: number
  readonly limit: number | null
  readonly needed: number
  readonly upgrade_url: string
  readonly contact_sales: string
}

/**
 * Why the licence refuses a change; empty where it does not. A change that adds nothing is never refused for the limit,
 * so that a customer over the limit can still shrink and repair.
 */
export function violationsOf(tenant: Tenant, { used, wanted, now }: Demand): readonly Violation[] {
  const decisions: Decision[] = wanted === 0 ? [] : [decideFeature(tenant, 'sensors', now)]
  if (wanted > used) decisions.push(decideSensors(tenant, wanted))
  const refusals = decisions.filter((decision) => !decision.allowed)
  return refusals.map(({ code, message }) => ({
    code,
    message,
    used,
    limit: limitOf(tenant),
    needed: wanted,
    upgrade_url: UPGRADE_URL,
    contact_sales: SALES_ADDRESS,
  }))
}

/**
 * Lets a change pass or not. Call inside the transaction that makes it.
 * @throws Problem 403 with used, limit, needed and how to get more.
 */
export function admit(tenant: Tenant, demand: Demand): void {
  const [first] = violationsOf(tenant, demand)
  if (first !== undefined) throw gate(first.code, first.message, { used: first.used, limit: first.limit, needed: first.needed })
}
