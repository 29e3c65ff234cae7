import type { MachineEvidence } from '../machine-evidence.js'
import { SMALLEST_A_B, severityOfVelocity } from '../velocity-severity.js'
import type { RuleAnswer } from './rule.js'
import { combinedVelocity, listLines, log10ChanceOf } from './shaft-harmonics.js'

/** A belt creeps: its rate lies up to this far below the pulley's. */
const CREEP = 0.03
const MULTIPLES = [1, 2, 3, 4]
const LEAST_MULTIPLES = 2

/**
 * Belt: lines at the belt's own rate and its multiples, of which the second is the strongest sign of wear.
 *
 * belt rate = π·D/L × speed of the pulley
 *
 * @see [XyoBelt], [PimBelt]
 */
export function judgeBelt(evidence: MachineEvidence): RuleAnswer {
  const { belt } = evidence.machine
  if (!belt) return { notJudged: 'the diameter of the pulley and the length of the belt are not stated' }
  if (evidence.speed.source === 'stated') return { notJudged: 'the record does not show its speed exactly enough to tell the belt’s creep' }
  const nominal = (Math.PI * belt.pulleyDiameterMm) / belt.beltLengthMm
  if (!(nominal > 0 && nominal < 1.5))
    return { notJudged: `a pulley of ${belt.pulleyDiameterMm} mm does not fit a belt of ${belt.beltLengthMm} mm` }
  const channel = evidence.channels.reduce((best, candidate) =>
    bestRate(candidate, nominal).chance < bestRate(best, nominal).chance ? candidate : best,
  )
  const step = channel.orders.step
  const { order } = bestRate(channel, nominal)
  if (Math.abs(order - Math.round(2 * order) / 2) < 3 * step) return { notJudged: 'the belt’s rate coincides with an order of the shaft' }
  const standing = MULTIPLES.map((multiple) => multiple * order).filter(
    (place) => channel.relative(place) > 0 && Math.abs(place - Math.round(place)) > 3 * step,
  )
  const velocity = combinedVelocity(channel, standing)
  if (standing.length < LEAST_MULTIPLES || (velocity !== null && velocity < SMALLEST_A_B / 2)) return null // Belts move little: half of what a small new machine may show altogether.
  const level = velocity === null ? null : severityOfVelocity(velocity, evidence.machine)
  return {
    code: 'belt',
    severity: level?.severity ?? 'note',
    evidence: `consistent with a worn, loose or badly matched belt: ${standing.length} multiples of the belt’s rate (${(order * evidence.shaftHz).toFixed(2)} Hz, ${(100 * (1 - order / nominal)).toFixed(1)} % creep) stand out; ${listLines(
      channel,
      standing.map((place) => Number(place.toFixed(3))),
    )}; ${level?.zone ?? 'how much this is needs a stated unit'}`,
    alsoConsistentWith: ['misaligned pulleys', 'an eccentric pulley'],
    wouldTell: 'a stroboscope on the belt, its tension, and an axial channel (misaligned pulleys show there)',
    log10Chance: log10ChanceOf(channel, standing),
  }
}

/** The rate within the belt's creep whose multiples stand out most. */
function bestRate(channel: MachineEvidence['channels'][number], nominal: number): { readonly order: number; readonly chance: number } {
  let best = { order: nominal, chance: 0 }
  const step = channel.orders.step / 8
  for (let order = nominal; order >= nominal * (1 - CREEP); order -= step) {
    const chance = MULTIPLES.reduce((sum, multiple) => sum + (channel.line(multiple * order)?.logChance ?? 0), 0)
    if (chance < best.chance) best = { order, chance }
  }
  return best
}
