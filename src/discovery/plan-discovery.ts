import { driverOf } from '../acquisition/lines-of.js'
import type { DiscoveryPlan, Surroundings } from '../drivers/contract.js'
import { parseScope } from './scope.js'

/** Longer times are told in minutes. */
const MOST_SECONDS = 120

/** What a discovery of one scope would do. */
export interface ScopePlan extends DiscoveryPlan {
  readonly scope: string
}

/**
 * Says what `discover` would send and how long it would take, without sending anything.
 * @throws DriverFault ADDRESS_INVALID, SCHEME_UNKNOWN
 */
export async function planDiscovery(scopes: readonly string[], limits: Pick<Surroundings, 'timeoutMs'>): Promise<readonly ScopePlan[]> {
  return Promise.all(scopes.map(async (scope) => ({ scope, ...(await planOf(scope, limits)) })))
}

async function planOf(scope: string, limits: Pick<Surroundings, 'timeoutMs'>): Promise<DiscoveryPlan> {
  const parsed = parseScope(scope)
  if (parsed.kind === 'address') {
    const driver = await driverOf(parsed.address)
    return driver.plan?.(parsed.address, limits) ?? { steps: ['asks who it is, in its own protocol'], estimateMs: null, safety: 'identify' }
  }
  if (parsed.kind === 'hosts') {
    const hosts = parsed.hosts.length === 1 ? parsed.hosts[0] : `${parsed.hosts.length} hosts`
    const port = parsed.port === null ? 'the usual ports of every driver' : `port ${parsed.port}`
    return {
      steps: [`one TCP connection each to ${port} of ${hosts}`, `where one is open: the protocols in turn, until one is at home`],
      estimateMs: null,
      safety: 'identify',
    }
  }
  return {
    steps: [`looks at this machine (${parsed.kind}); every open door is asked who it is, in turn by each protocol`],
    estimateMs: null,
    safety: 'identify',
  }
}

/** A plan for people, a line a step. */
export function describePlan({ scope, steps, ...times }: ScopePlan): readonly string[] {
  return [`${scope}: ${describeTimes(times) ?? 'nobody can tell how long it takes'}`, ...steps.map((step) => `  ${step}`)]
}

/** How long a search takes, in one line; none where that cannot be said. */
export function describeEstimate({ scope, ...times }: ScopePlan): readonly string[] {
  const told = describeTimes(times)
  return told === null ? [] : [`${scope}: ${told}`]
}

function describeTimes({ estimateMs, allAnswerMs }: Pick<DiscoveryPlan, 'estimateMs' | 'allAnswerMs'>): string | null {
  if (estimateMs === null) return null
  const silent = timeOf(estimateMs)
  if (allAnswerMs === undefined || allAnswerMs === null) return `about ${silent} when nobody answers`
  const answered = timeOf(allAnswerMs)
  return silent === answered
    ? `about ${silent}`
    : `about ${silent} when nobody answers, ${allAnswerMs < estimateMs ? '' : 'at most '}${answered} when all do`
}

function timeOf(ms: number): string {
  return ms < MOST_SECONDS * 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.ceil(ms / 60_000)} min`
}
