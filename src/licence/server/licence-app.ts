import { OpenAPIHono } from '@hono/zod-openapi'
import type { Next } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { CanonicalJsonError } from '../canonical-json.js'
import { Problem, problemBody } from './problem.js'
import { addConfigurationRoutes } from './routes/configuration-routes.js'
import { addEntitlementRoutes } from './routes/entitlement-routes.js'
import { addOpenRoutes } from './routes/open-routes.js'
import { addPlanRoutes } from './routes/plan-routes.js'
import type { LicenceApp, LicenceContext, LicenceEnv, ServerParts } from './server-parts.js'
import type { LicenceDatabase } from './store/licence-database.js'
import { tenantOfToken } from './store/tenants.js'

const MAX_BODY_BYTES = 5 * 1024 * 1024
const TENANTS_ONLY = ['/api/v1/*', '/v1/customers/*', '/v1/check_feature_access', '/v1/validate_sensor_limit']

/** The whole API as one app that answers requests; binding it to a port is start-licence-server.ts. */
export function createLicenceApp(parts: ServerParts): LicenceApp {
  const app: LicenceApp = new OpenAPIHono<LicenceEnv>({
    defaultHook: (result) => {
      if (result.success) return
      const errors = result.error.issues
        .slice(0, 20)
        .map((issue) => ({ pointer: `/${issue.path.map(String).join('/')}`, detail: issue.message }))
      throw new Problem(
        422,
        'REQUEST_INVALID',
        `${errors[0]?.pointer ?? ''}: ${errors[0]?.detail ?? 'not as described in /v1/openapi.json'}`,
        { errors },
      )
    },
  })
  for (const path of TENANTS_ONLY) app.use(path, requireTenant(parts.store))
  app.use(requireJson)
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: () => {
        throw new Problem(413, 'BODY_TOO_LARGE', 'a body is at most 5 MiB')
      },
    }),
  )
  addEntitlementRoutes(app, parts)
  addConfigurationRoutes(app, parts)
  addPlanRoutes(app, parts)
  addOpenRoutes(app, parts)
  app.notFound((context) => answerProblem(context, new Problem(404, 'NOT_FOUND', 'there is nothing here; see /v1/openapi.json')))
  app.onError((thrown, context) => answerProblem(context, problemOf(thrown, parts)))
  return app
}

function requireTenant(store: LicenceDatabase) {
  return async (context: LicenceContext, next: Next): Promise<void> => {
    const token = /^Bearer +(\S{1,512})$/i.exec(context.req.header('authorization') ?? '')?.[1]
    if (token === undefined) throw new Problem(401, 'TOKEN_MISSING', 'send the licence key as a bearer token')
    const tenant = tenantOfToken(store, token)
    if (tenant === undefined) throw new Problem(401, 'TOKEN_UNKNOWN', 'this licence key is nobody’s')
    context.set('tenant', tenant)
    await next()
  }
}

async function requireJson(context: LicenceContext, next: Next): Promise<void> {
  const sends = context.req.method === 'POST' || context.req.method === 'PUT'
  if (sends && !/^application\/json\s*(;|$)/i.test(context.req.header('content-type') ?? '')) {
    throw new Problem(415, 'JSON_EXPECTED', 'send application/json')
  }
  await next()
}

function problemOf(thrown: Error, { log }: ServerParts): Problem {
  if (thrown instanceof Problem) return thrown
  if (thrown instanceof HTTPException && thrown.status === 400) return new Problem(400, 'JSON_MALFORMED', 'the body is not JSON')
  if (thrown instanceof CanonicalJsonError) return new Problem(422, 'REQUEST_INVALID', thrown.message)
  if ('errcode' in thrown && thrown.errcode === 5) return new Problem(503, 'BUSY', 'another writer holds the store; try again')
  log.warn('the licence server met an error of its own', { error: thrown.message })
  return new Problem(500, 'INTERNAL', 'an error of the server’s own')
}

function answerProblem(context: LicenceContext, problem: Problem): Response {
  if (problem.status === 401) context.header('WWW-Authenticate', 'Bearer')
  if (problem.status === 503) context.header('Retry-After', '1')
  return context.body(JSON.stringify(problemBody(problem)), problem.status, { 'Content-Type': 'application/problem+json' })
}
