import { createRoute, z } from '@hono/zod-openapi'
import { type EpochMicros, parseMicros } from '../../../readings/time.js'
import type { Tenant } from '../../customer.js'
import { decideFeature, decideSensors, limitOf, SALES_ADDRESS, UPGRADE_URL } from '../../decision.js'
import { TIERS } from '../../tiers.js'
import {
  featureAnswerSchema,
  featureQuestionSchema,
  type LicenceAnswer,
  licenceSchema,
  sensorAnswerSchema,
  sensorQuestionSchema,
} from '../../wire.js'
import type { LicenceApp, ServerParts } from '../server-parts.js'
import { useOf } from '../store/configurations.js'
import { jsonAnswer, jsonBody } from './json-answer.js'
import { tenantOf } from './tenant-of.js'

const DAY_MICROS = 86_400_000_000

const licenceRoute = createRoute({
  method: 'get',
  path: '/api/v1/licenses/{customer}',
  request: { params: z.object({ customer: z.string() }) },
  responses: { 200: jsonAnswer(licenceSchema, 'The licence, as ChatterFix’s own client reads it.') },
})

const featureRoute = createRoute({
  method: 'post',
  path: '/v1/check_feature_access',
  request: { body: jsonBody(featureQuestionSchema) },
  responses: { 200: jsonAnswer(featureAnswerSchema, 'Whether the customer may use the feature now, and why not.') },
})

const sensorRoute = createRoute({
  method: 'post',
  path: '/v1/validate_sensor_limit',
  request: { body: jsonBody(sensorQuestionSchema) },
  responses: { 200: jsonAnswer(sensorAnswerSchema, 'Whether the customer may have that many sensors in all.') },
})

/** What a customer may do. */
export function addEntitlementRoutes(app: LicenceApp, { store, clock }: ServerParts): void {
  app.openapi(licenceRoute, (context) => {
    const tenant = tenantOf(context, context.req.valid('param').customer)
    return context.json(licenceOf(tenant, clock.now()), 200)
  })
  app.openapi(featureRoute, (context) => {
    const { customer_id, feature } = context.req.valid('json')
    const { allowed, code, message } = decideFeature(tenantOf(context, customer_id), feature, clock.now())
    const more = allowed ? {} : { error: 'Feature not available', upgrade_url: UPGRADE_URL, contact_sales: SALES_ADDRESS }
    return context.json({ allowed, code, message, ...more }, 200)
  })
  app.openapi(sensorRoute, (context) => {
    const { customer_id, sensor_count } = context.req.valid('json')
    const tenant = tenantOf(context, customer_id)
    const { allowed, message } = decideSensors(tenant, sensor_count)
    const used = useOf(store, tenant.id).sensors
    const limit = limitOf(tenant)
    const remaining = limit === null ? null : Math.max(0, limit - used)
    return context.json({ valid: allowed, used, limit, remaining, message, ...(allowed ? {} : { upgrade_required: true }) }, 200)
  })
}

function licenceOf(tenant: Tenant, now: EpochMicros): LicenceAnswer {
  const tier = TIERS[tenant.tier]
  const end = tenant.expires_at === null ? undefined : parseMicros(tenant.expires_at)
  const isTrial = tenant.is_trial ?? false
  return {
    tier: tenant.tier,
    enabled_modules: tenant.tier === 'enterprise' ? ['core', 'iot_advanced', 'enterprise'] : [...new Set(['core', tenant.tier])],
    features: [...tier.features],
    sensor_limit: tenant.sensor_limit,
    api_calls_per_month: tier.apiCallsPerMonth ?? -1,
    expires_at: tenant.expires_at,
    is_trial: isTrial,
    trial_days_remaining: isTrial && end !== undefined ? Math.max(0, Math.ceil((end - now) / DAY_MICROS)) : 0,
    organization_id: tenant.id,
  }
}
