/** What a tier costs and allows. Money in integer cents of US dollars a month; `null` is unlimited, 0 is none. */
export interface Tier {
  readonly name: string
  readonly technicianCents: number
  readonly facilityCents: number
  readonly sensorCents: number
  readonly sensorLimit: number | null
  readonly apiCallsPerMonth: number | null
  readonly features: readonly string[]
}

const CORE_FEATURES = ['voice', 'vision', 'manual_entry', 'basic_reports', 'work_orders'] as const
const SENSOR_FEATURES = ['sensors', 'real_time_monitoring', 'analytics', 'predictive_analytics', 'alerts', 'advanced_alerts'] as const
const ENTERPRISE_FEATURES = ['white_label', 'custom_integrations', 'api', 'priority_support'] as const

/**
 * The price list. `quality_fix` and `safety_fix` are names that ChatterFix knows and no price list states:
 * they get what core gets.
 */
export const TIERS = {
  core: {
    name: 'core',
    technicianCents: 4_900,
    facilityCents: 0,
    sensorCents: 0,
    sensorLimit: 0,
    apiCallsPerMonth: 1_000,
    features: CORE_FEATURES,
  },
  iot_advanced: {
    name: 'iot_advanced',
    technicianCents: 0,
    facilityCents: 19_900,
    sensorCents: 2_500,
    sensorLimit: null,
    apiCallsPerMonth: 50_000,
    features: [...CORE_FEATURES, ...SENSOR_FEATURES],
  },
  quality_fix: {
    name: 'quality_fix',
    technicianCents: 4_900,
    facilityCents: 0,
    sensorCents: 0,
    sensorLimit: 0,
    apiCallsPerMonth: 1_000,
    features: CORE_FEATURES,
  },
  safety_fix: {
    name: 'safety_fix',
    technicianCents: 4_900,
    facilityCents: 0,
    sensorCents: 0,
    sensorLimit: 0,
    apiCallsPerMonth: 1_000,
    features: CORE_FEATURES,
  },
  enterprise: {
    name: 'enterprise',
    technicianCents: 29_900,
    facilityCents: 0,
    sensorCents: 0,
    sensorLimit: null,
    apiCallsPerMonth: null,
    features: [...CORE_FEATURES, ...SENSOR_FEATURES, ...ENTERPRISE_FEATURES],
  },
} as const satisfies Record<string, Tier>

export type TierName = keyof typeof TIERS
export const TIER_NAMES = Object.keys(TIERS) as readonly TierName[]

/** What a month costs for the parts that the site decides: facilities with sensors, and active sensors. Cents. */
export function monthlyCents(tierName: TierName, use: { readonly facilities: number; readonly sensors: number }): number {
  const tier: Tier = TIERS[tierName]
  return use.facilities * tier.facilityCents + use.sensors * tier.sensorCents
}

/** `19900` → `$199.00`, `-2500` → `-$25.00`. */
export function formatCents(cents: number): string {
  const whole = Math.abs(cents)
  return `${cents < 0 ? '-' : ''}$${Math.floor(whole / 100).toLocaleString('en-US')}.${String(whole % 100).padStart(2, '0')}`
}
