import { randomUUID } from 'node:crypto'
import { formatMicros } from '../../readings/time.js'
import { digestOf } from '../canonical-json.js'
import type { Tenant } from '../customer.js'
import { limitOf } from '../decision.js'
import type { SensorConfiguration } from '../sensor-configuration.js'
import { actionBetween } from '../site-diff.js'
import { monthlyCents } from '../tiers.js'
import type { ApplyAnswer, PlanAnswer } from '../wire.js'
import { admit, violationsOf } from './licence-gate.js'
import { notFound, Problem } from './problem.js'
import type { ServerParts } from './server-parts.js'
import { type Change, changesSince, commit, configurationsOf, useOf } from './store/configurations.js'
import { markApplied, planOf, savePlan } from './store/plans.js'
import { headOf, revisionNamed, type SiteOf } from './store/revisions.js'

const PLAN_LIFE_MICROS = 3_600_000_000
const ALL = Number.MAX_SAFE_INTEGER

interface Use {
  readonly sensors: number
  readonly facilities: number
}

interface Step {
  readonly changes: readonly Change[]
  readonly before: Use
  readonly after: Use
}

/** Works out what would be done to a site, keeps it for an hour, and says whether the licence allows it. Call inside a transaction. */
export function makePlan(
  parts: ServerParts,
  tenant: Tenant,
  request: { readonly site: string; readonly baseEtag: string; readonly documents: readonly SensorConfiguration[] },
): PlanAnswer {
  const { store, clock } = parts
  const { site, baseEtag, documents } = request
  const where = { customer: tenant.id, site }
  refuseDoubles(documents)
  requireFresh(store, where, baseEtag)
  const now = clock.now()
  const { changes, before, after } = stepTo(parts, where, documents)
  const cost = monthlyCents(tenant.tier, after)
  const plan = { id: randomUUID(), hash: digestOf({ baseEtag, documents }), baseEtag, documents, expiresAt: now + PLAN_LIFE_MICROS }
  savePlan(store, where, { ...plan, appliedRevision: null }, now)
  return {
    id: plan.id,
    hash: plan.hash,
    base_etag: baseEtag,
    base_revision: headOf(store, where).number,
    actions: changes.flatMap((change) => {
      const action = actionBetween(change.name, change.before, change.after)
      return action === undefined ? [] : [{ ...action, changes: [...action.changes] }]
    }),
    violations: [...violationsOf(tenant, { used: before.sensors, wanted: after.sensors, now })],
    licence: {
      tier: tenant.tier,
      before: before.sensors,
      after: after.sensors,
      limit: limitOf(tenant),
      cost_delta_cents: cost - monthlyCents(tenant.tier, before),
      cost_after_cents: cost,
      currency: 'USD',
    },
    expires_at: formatMicros(plan.expiresAt),
  }
}

/** Makes a plan true, if the site is still what it was made for. Once; asked again it says what it made. Call inside a transaction. */
export function applyPlanOnce(
  parts: ServerParts,
  tenant: Tenant,
  request: { readonly site: string; readonly id: string; readonly hash: string },
): ApplyAnswer {
  const { store, clock } = parts
  const where = { customer: tenant.id, site: request.site }
  const plan = planOf(store, where, request.id)
  if (plan === undefined) throw notFound('there is no such plan; plans are kept for an hour')
  if (plan.hash !== request.hash)
    throw new Problem(412, 'PLAN_HASH_MISMATCH', 'this is not the hash of that plan', { present_hash: plan.hash })
  if (plan.appliedRevision !== null)
    return { revision: plan.appliedRevision, etag: etagOfRevision(store, where, plan.appliedRevision), applied: 0 }
  const now = clock.now()
  if (now >= plan.expiresAt) throw new Problem(410, 'PLAN_EXPIRED', 'the plan is older than an hour; make a new one')
  requireFresh(store, where, plan.baseEtag)
  const { changes, before, after } = stepTo(parts, where, plan.documents)
  if (changes.length > 0) admit(tenant, { used: before.sensors, wanted: after.sensors, now })
  const revision = changes.length === 0 ? headOf(store, where) : commit(store, where, { changes, at: now, source: `plan ${plan.id}` })
  markApplied(store, plan.id, revision.number)
  return { revision: revision.number, etag: revision.etag, applied: changes.length }
}

/** @throws Problem 409 PLAN_STALE that says which sensors changed since, and how. */
function requireFresh(store: ServerParts['store'], where: SiteOf, baseEtag: string): void {
  const head = headOf(store, where)
  if (head.etag === baseEtag) return
  const base = revisionNamed(store, where, baseEtag)
  if (base === undefined) {
    throw new Problem(409, 'PLAN_STALE', 'this site never had that ETag', {
      base_revision: null,
      present_revision: head.number,
      present_etag: head.etag,
      changes: [],
    })
  }
  const changes = changesSince(store, where, base.number).flatMap(({ name, before, after }) => actionBetween(name, before, after) ?? [])
  const names = changes.slice(0, 3).map(({ action, name }) => `${action} ${name}`)
  const summary =
    changes.length === 0
      ? 'its sensors are the same again'
      : `${names.join(', ')}${changes.length > 3 ? ` and ${changes.length - 3} more` : ''}`
  throw new Problem(
    409,
    'PLAN_STALE',
    `revision ${head.number} came after revision ${base.number} that this plan was made for: ${summary}`,
    {
      base_revision: base.number,
      present_revision: head.number,
      present_etag: head.etag,
      changed_at: formatMicros(head.at),
      changed_by: head.source,
      changes: changes.slice(0, 500),
    },
  )
}

/** What leads from the present site to the wanted one, and what the customer uses before and after it. */
function stepTo({ store }: ServerParts, where: SiteOf, documents: readonly SensorConfiguration[]): Step {
  const present = new Map(configurationsOf(store, where, { after: '', limit: ALL }).map((it) => [it.name, it]))
  const wanted = new Set(documents.map((document) => document.name))
  const put = documents.flatMap((after) => {
    const before = present.get(after.name)
    return before?.etag === digestOf(after) ? [] : [{ name: after.name, before: before?.configuration ?? null, after }]
  })
  const removed = [...present.values()]
    .filter(({ name }) => !wanted.has(name))
    .map(({ name, configuration }) => ({ name, before: configuration, after: null }))
  const before = useOf(store, where.customer)
  const facilities = before.facilities - (present.size > 0 ? 1 : 0) + (documents.length > 0 ? 1 : 0)
  return { changes: [...put, ...removed], before, after: { sensors: before.sensors - present.size + documents.length, facilities } }
}

function refuseDoubles(documents: readonly SensorConfiguration[]): void {
  const seen = new Set<string>()
  for (const [index, { name }] of documents.entries()) {
    if (seen.has(name)) throw new Problem(422, 'REQUEST_INVALID', `/documents/${index}/name: stands twice`)
    seen.add(name)
  }
}

function etagOfRevision({ db }: ServerParts['store'], { customer, site }: SiteOf, number: number): string {
  return String(
    db.prepare('SELECT etag FROM revision WHERE customer = ? AND site = ? AND number = ?').get(customer, site, number)?.['etag'] ?? '',
  )
}
