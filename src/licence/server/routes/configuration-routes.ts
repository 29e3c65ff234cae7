import { createRoute, z } from '@hono/zod-openapi'
import { formatMicros } from '../../../readings/time.js'
import { digestOf } from '../../canonical-json.js'
import { SENSOR_NAME, sensorConfigurationSchema } from '../../sensor-configuration.js'
import { configurationPageSchema, revisionPageSchema, siteHeadSchema } from '../../wire.js'
import { requireMatch } from '../etags.js'
import { admit } from '../licence-gate.js'
import { notFound, Problem } from '../problem.js'
import type { LicenceApp, ServerParts } from '../server-parts.js'
import { commit, configurationOf, configurationsOf, useOf } from '../store/configurations.js'
import { headOf, revisionsOf } from '../store/revisions.js'
import { jsonAnswer, jsonBody } from './json-answer.js'
import { tenantOf } from './tenant-of.js'

export const SITE_PATH = '/v1/customers/{customer}/sites/{site}'
export const siteParams = z.object({ customer: z.string().max(128), site: SENSOR_NAME })
const configurationParams = siteParams.extend({ name: SENSOR_NAME })
const pageSize = z.coerce.number().int().min(1).max(500).default(100)

const siteRoute = createRoute({
  method: 'get',
  path: SITE_PATH,
  request: { params: siteParams },
  responses: { 200: jsonAnswer(siteHeadSchema, 'What a plan starts from.') },
})

const listRoute = createRoute({
  method: 'get',
  path: `${SITE_PATH}/configs`,
  request: { params: siteParams, query: z.object({ after: z.string().max(128).default(''), limit: pageSize }) },
  responses: { 200: jsonAnswer(configurationPageSchema, 'The site’s sensors, by name.') },
})

const getRoute = createRoute({
  method: 'get',
  path: `${SITE_PATH}/configs/{name}`,
  request: { params: configurationParams },
  responses: { 200: jsonAnswer(sensorConfigurationSchema, 'One sensor; its ETag is the SHA-256 of its canonical JSON.') },
})

const putRoute = createRoute({
  method: 'put',
  path: `${SITE_PATH}/configs/{name}`,
  request: { params: configurationParams, body: jsonBody(sensorConfigurationSchema) },
  responses: {
    200: jsonAnswer(sensorConfigurationSchema, 'Replaced.'),
    201: jsonAnswer(sensorConfigurationSchema, 'New.'),
  },
})

const revisionsRoute = createRoute({
  method: 'get',
  path: `${SITE_PATH}/revisions`,
  request: { params: siteParams, query: z.object({ before: z.coerce.number().int().positive().optional(), limit: pageSize }) },
  responses: { 200: jsonAnswer(revisionPageSchema, 'What was pushed when, newest first.') },
})

/** The state of a site, sensor by sensor. */
export function addConfigurationRoutes(app: LicenceApp, parts: ServerParts): void {
  const { store } = parts
  app.openapi(siteRoute, (context) => {
    const { customer, site } = context.req.valid('param')
    tenantOf(context, customer)
    const head = headOf(store, { customer, site })
    context.header('ETag', `"${head.etag}"`)
    const row = store.db.prepare('SELECT count(*) AS n FROM configuration WHERE customer = ? AND site = ?').get(customer, site)
    return context.json({ site, etag: head.etag, revision: head.number, sensors: Number(row?.['n']) }, 200)
  })
  app.openapi(listRoute, (context) => {
    const { customer, site } = context.req.valid('param')
    tenantOf(context, customer)
    const { after, limit } = context.req.valid('query')
    const page = configurationsOf(store, { customer, site }, { after, limit: limit + 1 })
    const items = page.slice(0, limit).map(({ name, etag }) => ({ name, etag }))
    return context.json({ items, next: page.length > limit ? (items.at(-1)?.name ?? null) : null }, 200)
  })
  app.openapi(revisionsRoute, (context) => {
    const { customer, site } = context.req.valid('param')
    tenantOf(context, customer)
    const { before = Number.MAX_SAFE_INTEGER, limit } = context.req.valid('query')
    const page = revisionsOf(store, { customer, site }, { before, limit: limit + 1 })
    const items = page.slice(0, limit).map(({ number, etag, at, source }) => ({ revision: number, etag, at: formatMicros(at), source }))
    return context.json({ items, next: page.length > limit ? String(items.at(-1)?.revision) : null }, 200)
  })
  addOneConfiguration(app, parts)
}

function addOneConfiguration(app: LicenceApp, { store, clock }: ServerParts): void {
  app.openapi(getRoute, (context) => {
    const { customer, site, name } = context.req.valid('param')
    tenantOf(context, customer)
    const found = configurationOf(store, { customer, site }, name)
    if (found === undefined) throw notFound('the site has no sensor of that name')
    context.header('ETag', `"${found.etag}"`)
    return context.json(found.configuration, 200)
  })
  app.openapi(putRoute, (context) => {
    const { customer, site, name } = context.req.valid('param')
    const tenant = tenantOf(context, customer)
    const after = context.req.valid('json')
    if (after.name !== name) throw new Problem(422, 'REQUEST_INVALID', '/name: the body’s name and the path’s differ')
    const etag = digestOf(after)
    const isNew = store.transaction(() => {
      const present = configurationOf(store, { customer, site }, name)
      requireMatch({ ifMatch: context.req.header('if-match'), ifNoneMatch: context.req.header('if-none-match') }, present?.etag ?? null)
      const used = useOf(store, customer).sensors
      admit(tenant, { used, wanted: present === undefined ? used + 1 : used, now: clock.now() })
      const change = { name, before: present?.configuration ?? null, after }
      if (present?.etag !== etag) commit(store, { customer, site }, { changes: [change], at: clock.now(), source: `put ${name}` })
      return present === undefined
    })
    context.header('ETag', `"${etag}"`)
    return context.json(after, isNew ? 201 : 200)
  })
}
