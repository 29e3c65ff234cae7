import { schemeOf } from '../../readings/address.js'
import type { DiscoveryPlan, Surroundings } from '../contract.js'
import { parseDiscoveryScope } from './discovery-scope.js'
import { HOST_PACE } from './host-pace.js'
import { nameOfTarget } from './medium.js'
import { parseSerialScope, targetsOf } from './serial-scope.js'
import { planSweep } from './sweep-plan.js'
import { HOST_BUDGET_MS } from './sweep-units.js'

/** Questions to a single unit of a host that answers: whether it is there, and who it is. */
const QUESTIONS_OF_ONE = 4
const IDENTIFIES = 'then, of each that answers: functions 43/14 and 17 (who it is)'

/**
 * What a search of this scope would send and how long it would take.
 * @throws DriverFault ADDRESS_INVALID
 */
export function planLine(scope: string, { timeoutMs }: Pick<Surroundings, 'timeoutMs'>): DiscoveryPlan {
  return schemeOf(scope) === 'modbus-tcp' ? planHosts(scope, timeoutMs) : planSerial(scope, timeoutMs)
}

function planHosts(scope: string, timeoutMs: number): DiscoveryPlan {
  const { hosts, unit } = parseDiscoveryScope(scope)
  const [first] = hosts
  const where = hosts.length === 1 && first ? nameOfTarget(first) : `${hosts.length} hosts, ${HOST_PACE.concurrent} at a time`
  const rounds = Math.ceil(hosts.length / HOST_PACE.concurrent)
  const pauseMs = hosts.length === 1 ? 0 : HOST_PACE.pauseMs
  const answeringMs = unit === null ? HOST_BUDGET_MS + timeoutMs : QUESTIONS_OF_ONE * timeoutMs
  return {
    steps: [
      `one TCP connection each to ${where}, closed with FIN`,
      `function 3, one register at 0, to ${unit === null ? 'units 1, 255, 0 and then 2 to 247' : `unit ${unit}`} of each host that takes it (up to ${HOST_BUDGET_MS / 1000} s for such a host, mostly less)`,
      IDENTIFIES,
    ],
    // Nobody answers: no host takes the connection.
    estimateMs: rounds * (timeoutMs + pauseMs),
    allAnswerMs: rounds * (timeoutMs + answeringMs + pauseMs),
    safety: 'identify',
  }
}

function planSerial(text: string, timeoutMs: number): DiscoveryPlan {
  const scope = parseSerialScope(text)
  const { listenMs } = scope
  if (listenMs !== null) {
    const targets = targetsOf(scope)
    const steps = targets.map((target) => `nothing is sent; ${nameOfTarget(target)} is listened to for ${listenMs / 1000} s`)
    return { steps, estimateMs: listenMs * targets.length, allAnswerMs: listenMs * targets.length, safety: 'passive' }
  }
  const steps = planSweep(scope, timeoutMs)
  const last = scope.sweep === 'until-found' ? ['it ends with the first setting that units answer to; sweep=all goes on'] : []
  return {
    steps: [
      ...steps.map(({ target, units, limits, estimateMs }) => {
        const [from = 0, to = from] = [units[0], units.at(-1)]
        const whom = from === to ? `unit ${from}` : `units ${from} to ${to}`
        const patience = Math.round(limits.longestMs)
        return `${nameOfTarget(target)}: function 3, one register at 0, to ${whom}, ${patience} ms each: ${(estimateMs / 1000).toFixed(1)} s`
      }),
      `${IDENTIFIES}, and the same question four times more (two devices with one id?)`,
      ...last,
    ],
    estimateMs: steps.reduce((sum, { estimateMs }) => sum + estimateMs, 0),
    // Where the first setting is answered, no other is tried.
    allAnswerMs: (scope.sweep === 'until-found' ? steps.slice(0, 1) : steps).reduce((sum, { allAnswerMs }) => sum + allAnswerMs, 0),
    safety: 'identify',
  }
}
