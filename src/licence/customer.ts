import type { TierName } from './tiers.js'

/** One line of the customers file: who may use what until when. */
export interface Customer {
  readonly id: string
  readonly tier: TierName
  /** 0 none, -1 unlimited, as ChatterFix counts. */
  readonly sensor_limit: number
  /** RFC 3339; null where it does not end. */
  readonly expires_at: string | null
  /** In the clear only in this file and in memory; the store keeps its hash. */
  readonly token: string
  readonly is_trial?: boolean
}

/** What the store knows of a customer: all but the token. */
export type Tenant = Omit<Customer, 'token'>
