import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Site } from '../../readings/asset.js'
import type { Action } from '../site-diff.js'
import { applyAnswerSchema, type PlanAnswer, planAnswerSchema, siteHeadSchema } from '../wire.js'
import { askLicenceServer, invalidAnswer, type LicenceLine, type LicenceReply } from './licence-line.js'
import { type Asked, problemFault, type Refusal } from './problem-fault.js'
import { configurationsOfSite } from './sensor-mapping.js'

export interface PlanRequest extends LicenceLine {
  readonly site: Site
  /** The site file, for the advice of an error. */
  readonly file?: string
}

/** What a push would do. */
export interface ConfigurationPlan {
  readonly schema: 'chatterfix/plan/1'
  readonly id: string
  readonly hash: string
  readonly site: string
  readonly customer: string
  readonly baseRevision: number
  readonly actions: readonly Action[]
  /** Why the licence would refuse it; empty where it would not. */
  readonly violations: readonly Refusal[]
  /** Active sensors of the customer before and after; limit null is unlimited; money in cents a month. */
  readonly licence: {
    readonly tier: string
    readonly used: number
    readonly after: number
    readonly limit: number | null
    readonly costDeltaCents: number
    readonly costAfterCents: number
    readonly currency: string
  }
  readonly expiresAt: string
}

export interface AppliedConfiguration {
  readonly schema: 'chatterfix/applied/1'
  readonly site: string
  readonly customer: string
  readonly revision: number
  readonly etag: string
  /** How many sensors this changed. */
  readonly applied: number
}

/**
 * Asks the licence server what pushing this site would do; changes nothing there.
 * @throws Fault of the licence catalogue.
 */
export async function planConfiguration(request: PlanRequest): Promise<ConfigurationPlan> {
  const { site, customer } = request
  const documents = configurationsOfSite(site)
  const head = await ask(request, siteHeadSchema, { method: 'GET', path: sitePath(request) })
  const answer = await ask(request, planAnswerSchema, {
    method: 'POST',
    path: `${sitePath(request)}/plans`,
    body: { base_etag: head.etag, documents },
    idempotencyKey: randomUUID(),
  })
  return planOf(answer, site.name, customer)
}

/**
 * Makes a plan true; exactly that plan, or nothing. Repeating it does no harm.
 * @throws Fault PLAN_STALE that says what changed, SENSOR_LIMIT_EXCEEDED, LICENCE_DENIED…
 */
export async function applyPlan(
  request: PlanRequest & { readonly plan: Pick<ConfigurationPlan, 'id' | 'hash'> },
): Promise<AppliedConfiguration> {
  const { site, customer, plan } = request
  const { revision, etag, applied } = await ask(request, applyAnswerSchema, {
    method: 'POST',
    path: `${sitePath(request)}/plans/${encodeURIComponent(plan.id)}:apply`,
    body: { hash: plan.hash },
    idempotencyKey: `apply-${plan.id}`,
  })
  return { schema: 'chatterfix/applied/1', site: site.name, customer, revision, etag, applied }
}

async function ask<S extends z.ZodType>(
  request: PlanRequest,
  schema: S,
  question: Parameters<typeof askLicenceServer>[1],
): Promise<z.infer<S>> {
  const asked: Asked = { ...request, siteName: request.site.name }
  return understood(asked, schema, await askLicenceServer(request, question))
}

/** A successful reply, checked; anything else as a fault. */
export function understood<S extends z.ZodType>(asked: Asked, schema: S, reply: LicenceReply): z.infer<S> {
  if (reply.status < 200 || reply.status > 299) throw problemFault(asked, reply)
  const read = schema.safeParse(reply.body)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw invalidAnswer(asked, `/${issue?.path.map(String).join('/') ?? ''}: ${issue?.message ?? 'not as expected'}`)
}

function sitePath({ customer, site }: PlanRequest): string {
  return `/v1/customers/${encodeURIComponent(customer)}/sites/${encodeURIComponent(site.name)}`
}

function planOf(answer: PlanAnswer, site: string, customer: string): ConfigurationPlan {
  const { licence } = answer
  return {
    schema: 'chatterfix/plan/1',
    id: answer.id,
    hash: answer.hash,
    site,
    customer,
    baseRevision: answer.base_revision,
    actions: answer.actions,
    violations: answer.violations,
    licence: {
      tier: licence.tier,
      used: licence.before,
      after: licence.after,
      limit: licence.limit,
      costDeltaCents: licence.cost_delta_cents,
      costAfterCents: licence.cost_after_cents,
      currency: licence.currency,
    },
    expiresAt: answer.expires_at,
  }
}
