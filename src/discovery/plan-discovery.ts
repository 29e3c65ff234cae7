import { driverOf } from '../acquisition/lines-of.js'
import type { DiscoveryPlan, Surroundings } from '../drivers/contract.js'
import { parseScope } from './scope.js'
import { DOORS_AT_ONCE, usualPorts } from './usual-ports.js'

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
    const ports = parsed.port === null ? usualPorts() : [parsed.port]
    const doors = ports.length * parsed.hosts.length
    const hosts = parsed.hosts.length === 1 ? parsed.hosts[0] : `${parsed.hosts.length} hosts`
    const what = parsed.port === null ? `the ${ports.length} usual ports` : `port ${parsed.port}`
    return {
      steps: [
        `a TCP connection to ${what} of ${hosts}: ${doors} in all, ${Math.min(doors, DOORS_AT_ONCE)} at a time`,
        'where one is open: the protocols in turn, until one is at home',
      ],
      estimateMs: Math.ceil(doors / DOORS_AT_ONCE) * limits.timeoutMs,
      safety: 'identify',
    }
  }
  return {
    steps: ['every open port of this machine is asked who it is, in turn by each protocol; nothing leaves this machine'],
    estimateMs: null,
    safety: 'identify',
  }
}

/** A plan for people, a line a step. */
export function describePlan({ scope, steps, ...times }: ScopePlan): readonly string[] {
  const untold = times.safety === 'passive' ? 'done at once' : 'how long it takes depends on who answers'
  return [`${scope}: ${describeTimes(times) ?? untold}`, ...steps.map((step) => `  ${step}`)]
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
