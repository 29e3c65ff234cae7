import { createRoute, z } from '@hono/zod-openapi'
import { formatMicros } from '../../../readings/time.js'
import { TIERS } from '../../tiers.js'
import type { LicenceApp, ServerParts } from '../server-parts.js'
import { jsonAnswer } from './json-answer.js'

const tierSchema = z.object({
  name: z.string(),
  technician_cents: z.number().int(),
  facility_cents: z.number().int(),
  sensor_cents: z.number().int(),
  sensor_limit: z.number().int().nullable(),
  api_calls_per_month: z.number().int().nullable(),
  features: z.array(z.string()),
})

const tiersRoute = createRoute({
  method: 'get',
  path: '/v1/tiers',
  responses: { 200: jsonAnswer(z.object({ currency: z.string(), tiers: z.array(tierSchema) }), 'The price list, in cents a month.') },
})

const timeRoute = createRoute({
  method: 'get',
  path: '/v1/time',
  responses: { 200: jsonAnswer(z.object({ now: z.string() }), 'The server’s clock, RFC 3339 in UTC.') },
})

/** What anybody may ask. */
export function addOpenRoutes(app: LicenceApp, { store, clock }: ServerParts): void {
  app.openapi(tiersRoute, (context) => {
    const tiers = Object.values(TIERS).map((tier) => ({
      name: tier.name,
      technician_cents: tier.technicianCents,
      facility_cents: tier.facilityCents,
      sensor_cents: tier.sensorCents,
      sensor_limit: tier.sensorLimit,
      api_calls_per_month: tier.apiCallsPerMonth,
      features: [...tier.features],
    }))
    return context.json({ currency: 'USD', tiers }, 200)
  })
  app.openapi(timeRoute, (context) => context.json({ now: formatMicros(clock.now()) }, 200))
  app.get('/healthz', (context) => context.json({ status: 'ok' }))
  app.get('/readyz', (context) => {
    store.db.prepare('SELECT count(*) FROM customer').get()
    return context.json({ status: 'ready' })
  })
  app.get('/v1/openapi.json', (context) => context.json(openApiOf(app)))
}

/** The router wants a parameter to fill a whole segment; the document says the path as it is. */
function openApiOf(app: LicenceApp): object {
  const document = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'ChatterFix licence server', version: '1' } })
  const described: Record<string, unknown> = { ...document.paths }
  const paths = Object.entries(described).map(([path, item]) => [path.replace('{plan_apply}', '{plan}:apply'), item] as const)
  return { ...document, paths: Object.fromEntries(paths) }
}
