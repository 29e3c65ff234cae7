import { z } from 'zod'
import { SENSOR_NAME, sensorConfigurationSchema } from './sensor-configuration.js'

/** What travels between client and server; both sides parse with these. */

const cents = z.number().int()
const limit = z.number().int().nonnegative().nullable()

/** ChatterFix's own licence answer, name by name. */
export const licenceSchema = z.object({
  tier: z.string(),
  enabled_modules: z.array(z.string()),
  features: z.array(z.string()),
  /** 0 none, -1 unlimited. */
  sensor_limit: z.number().int(),
  /** -1 unlimited. */
  api_calls_per_month: z.number().int(),
  expires_at: z.string().nullable(),
  is_trial: z.boolean(),
  trial_days_remaining: z.number().int(),
  organization_id: z.string(),
})
export type LicenceAnswer = z.infer<typeof licenceSchema>

export const featureQuestionSchema = z.strictObject({ customer_id: z.string().max(128), feature: z.string().max(128) })
export const featureAnswerSchema = z.object({
  allowed: z.boolean(),
  code: z.string(),
  message: z.string(),
  error: z.string().optional(),
  upgrade_url: z.string().optional(),
  contact_sales: z.string().optional(),
})

/** `sensor_count` is how many active sensors the caller wants to have in all. */
export const sensorQuestionSchema = z.strictObject({ customer_id: z.string().max(128), sensor_count: z.number().int().nonnegative() })
export const sensorAnswerSchema = z.object({
  valid: z.boolean(),
  used: z.number().int(),
  limit,
  /** How many more could be added to those in use; null where there is no limit. */
  remaining: z.number().int().nullable(),
  message: z.string(),
  upgrade_required: z.boolean().optional(),
})
export type SensorAnswer = z.infer<typeof sensorAnswerSchema>

export const siteHeadSchema = z.object({ site: z.string(), etag: z.string(), revision: z.number().int(), sensors: z.number().int() })

const fieldChange = z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })
const action = z.object({ action: z.enum(['create', 'update', 'delete']), name: z.string(), changes: z.array(fieldChange) })
export const actionsSchema = z.array(action)

export const planRequestSchema = z.strictObject({
  /** May come as If-Match instead. */
  base_etag: z.string().max(128).optional(),
  /** The site as it shall be, whole: what is not here is deleted. */
  documents: z.array(sensorConfigurationSchema).max(20_000),
})

export const planAnswerSchema = z.object({
  id: z.string(),
  hash: z.string(),
  base_etag: z.string(),
  base_revision: z.number().int(),
  actions: actionsSchema,
  violations: z.array(
    z.object({
      code: z.string(),
      message: z.string(),
      used: z.number().int(),
      limit,
      needed: z.number().int(),
      upgrade_url: z.string(),
      contact_sales: z.string(),
    }),
  ),
  licence: z.object({
    tier: z.string(),
    before: z.number().int(),
    after: z.number().int(),
    limit,
    cost_delta_cents: cents,
    cost_after_cents: cents,
    currency: z.string(),
  }),
  expires_at: z.string(),
})
export type PlanAnswer = z.infer<typeof planAnswerSchema>

export const applyRequestSchema = z.strictObject({ hash: z.string().max(128) })
export const applyAnswerSchema = z.object({ revision: z.number().int(), etag: z.string(), applied: z.number().int() })
export type ApplyAnswer = z.infer<typeof applyAnswerSchema>

export const configurationPageSchema = z.object({
  items: z.array(z.object({ name: SENSOR_NAME, etag: z.string() })),
  next: z.string().nullable(),
})
export const revisionPageSchema = z.object({
  items: z.array(z.object({ revision: z.number().int(), etag: z.string(), at: z.string(), source: z.string() })),
  next: z.string().nullable(),
})

export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  upgrade_url: z.string().optional(),
  contact_sales: z.string().optional(),
})
