import { createRoute, z } from '@hono/zod-openapi'
import { digestOf } from '../../canonical-json.js'
import { applyAnswerSchema, applyRequestSchema, planAnswerSchema, planRequestSchema } from '../../wire.js'
import { applyPlanOnce, makePlan } from '../configuration-plan.js'
import { etagsIn } from '../etags.js'
import { notFound, Problem } from '../problem.js'
import type { LicenceApp, LicenceContext, ServerParts } from '../server-parts.js'
import { answerOnce, type KeyedRequest } from '../store/answers.js'
import { SITE_PATH, siteParams } from './configuration-routes.js'
import { jsonAnswer, jsonBody } from './json-answer.js'
import { tenantOf } from './tenant-of.js'

const planRoute = createRoute({
  method: 'post',
  path: `${SITE_PATH}/plans`,
  request: { params: siteParams, body: jsonBody(planRequestSchema) },
  responses: { 201: jsonAnswer(planAnswerSchema, 'What would be done, and whether the licence allows it.') },
})

const applyRoute = createRoute({
  method: 'post',
  path: `${SITE_PATH}/plans/{plan_apply}`,
  request: { params: siteParams.extend({ plan_apply: z.string() }), body: jsonBody(applyRequestSchema) },
  responses: { 200: jsonAnswer(applyAnswerSchema, 'The revision that the plan made.') },
})

/** Plan, look at it, apply exactly that. */
export function addPlanRoutes(app: LicenceApp, parts: ServerParts): void {
  app.openapi(planRoute, (context) => {
    const { customer, site } = context.req.valid('param')
    const tenant = tenantOf(context, customer)
    const { base_etag, documents } = context.req.valid('json')
    const [ifMatch] = etagsIn(context.req.header('if-match') ?? '')
    const baseEtag = base_etag ?? ifMatch
    if (baseEtag === undefined) throw new Problem(428, 'PRECONDITION_REQUIRED', 'send the site’s ETag as base_etag or If-Match')
    const answer = answerOnce(parts.store, keyedRequest(context, customer, parts, { base_etag, ifMatch, documents }), () => ({
      status: 201,
      body: makePlan(parts, tenant, { site, baseEtag, documents }),
    }))
    return context.json(planAnswerSchema.parse(answer.body), 201)
  })
  app.openapi(applyRoute, (context) => {
    const { customer, site, plan_apply } = context.req.valid('param')
    const tenant = tenantOf(context, customer)
    const id = /^(.+):apply$/.exec(plan_apply)?.[1]
    if (id === undefined) throw notFound('there is nothing here; see /v1/openapi.json')
    const { hash } = context.req.valid('json')
    const answer = answerOnce(parts.store, keyedRequest(context, customer, parts, { hash }), () => ({
      status: 200,
      body: applyPlanOnce(parts, tenant, { site, id, hash }),
    }))
    return context.json(applyAnswerSchema.parse(answer.body), 200)
  })
}

function keyedRequest(context: LicenceContext, customer: string, { clock }: ServerParts, body: object): KeyedRequest {
  const digest = digestOf({ method: context.req.method, path: context.req.path, body })
  return { customer, key: context.req.header('idempotency-key'), digest, now: clock.now() }
}
