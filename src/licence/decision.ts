import { type EpochMicros, parseMicros } from '../readings/time.js'
import type { Tenant } from './customer.js'
import { TIERS } from './tiers.js'

export type DecisionCode = 'VALID' | 'IN_GRACE' | 'EXPIRED' | 'FEATURE_UNKNOWN' | 'FEATURE_NOT_IN_TIER' | 'SENSOR_LIMIT_EXCEEDED'

export interface Decision {
  readonly allowed: boolean
  readonly code: DecisionCode
  /** One sentence for a person. */
  readonly message: string
}

export const GRACE_DAYS = 14
export const UPGRADE_URL = 'https://chatterfix.com/upgrade'
export const SALES_ADDRESS = 'sales@chatterfix.com'

const DAY_MICROS = 86_400_000_000
const KNOWN_FEATURES: ReadonlySet<string> = new Set(Object.values(TIERS).flatMap((tier) => tier.features))

/** Whether the licence itself holds at a moment. */
export function decideTerm(tenant: Tenant, now: EpochMicros): Decision {
  const end = tenant.expires_at === null ? Number.POSITIVE_INFINITY : (parseMicros(tenant.expires_at) ?? Number.NEGATIVE_INFINITY)
  if (now < end) return { allowed: true, code: 'VALID', message: 'the licence is valid' }
  if (now < end + GRACE_DAYS * DAY_MICROS) {
    return { allowed: true, code: 'IN_GRACE', message: `the licence ended at ${tenant.expires_at}; ${GRACE_DAYS} days of grace run` }
  }
  return {
    allowed: false,
    code: 'EXPIRED',
    message: `the licence ended at ${tenant.expires_at}, and so did its ${GRACE_DAYS} days of grace`,
  }
}

/** Whether a customer may use a feature at a moment. */
export function decideFeature(tenant: Tenant, feature: string, now: EpochMicros): Decision {
  if (!KNOWN_FEATURES.has(feature)) return { allowed: false, code: 'FEATURE_UNKNOWN', message: 'no tier has a feature of that name' }
  const features: readonly string[] = TIERS[tenant.tier].features
  if (!features.includes(feature)) {
    return { allowed: false, code: 'FEATURE_NOT_IN_TIER', message: `tier ${tenant.tier} does not include ${feature}` }
  }
  return decideTerm(tenant, now)
}

/** Whether a customer may have this many active sensors in all. */
export function decideSensors(tenant: Tenant, wanted: number): Decision {
  const limit = limitOf(tenant)
  if (limit === null || wanted <= limit) return { allowed: true, code: 'VALID', message: `${wanted} sensors fit the licence` }
  return {
    allowed: false,
    code: 'SENSOR_LIMIT_EXCEEDED',
    message: `${wanted} sensors are more than the ${limit} that tier ${tenant.tier} of customer ${tenant.id} allows`,
  }
}

/** How many sensors a customer may have; null where there is no limit. */
export function limitOf(tenant: Tenant): number | null {
  return tenant.sensor_limit < 0 ? null : tenant.sensor_limit
}
