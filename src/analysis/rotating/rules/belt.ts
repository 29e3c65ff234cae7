import { isSignificant, lineAt } from '../line-spectrum.js'
import { type ChannelEvidence, type MachineEvidence, STATED_TOLERANCE } from '../machine-evidence.js'
import { bestFamily, isCounted } from '../pooled-lines.js'
import { SMALLEST_A_B, severityOfVelocity, velocityFactor } from '../velocity-severity.js'
import type { RuleAnswer } from './rule.js'

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
  const nominal = (Math.PI * belt.pulleyDiameterMm) / belt.beltLengthMm
  if (!(nominal > 0 && nominal < 1.5))
    return { notJudged: `a pulley of ${belt.pulleyDiameterMm} mm does not fit a belt of ${belt.beltLengthMm} mm` }
  const found = evidence.channels
    .map((channel) => familyIn(channel, { nominal, slack: evidence.speed.source === 'stated' ? STATED_TOLERANCE : 0 }))
    .reduce((best, candidate) => (candidate.logChance < best.logChance ? candidate : best))
  const { channel, order } = found
  const step = channel.orders.step
  if (Math.abs(order - Math.round(2 * order) / 2) < 3 * step) return { notJudged: 'the belt’s rate coincides with an order of the shaft' }
  const standing = found.lines.filter(({ line }) => isCounted(line))
  if (!isSignificant(found) || standing.length < LEAST_MULTIPLES) return null
  const levels = standing.map(({ multiple, rms }) => {
    const factor = velocityFactor(channel.unit, multiple * order * evidence.shaftHz)
    return { multiple, velocity: factor === null ? null : rms * factor }
  })
  const known = levels.map(({ velocity }) => velocity).filter((velocity) => velocity !== null)
  const velocity = known.length === 0 ? null : Math.hypot(...known)
  if (velocity !== null && velocity < SMALLEST_A_B / 2) return null // Belts move little: half of what a small new machine may show altogether.
  const level = velocity === null ? null : severityOfVelocity(velocity, evidence.machine)
  const listed = levels.map(({ multiple, velocity: one }) => `${multiple}×${one === null ? '' : `: ${one.toPrecision(3)} mm/s`}`).join(', ')
  return {
    code: 'belt',
    severity: level?.severity ?? 'note',
    evidence: `consistent with a worn, loose or badly matched belt: ${standing.length} multiples of the belt’s rate (${(order * evidence.shaftHz).toFixed(2)} Hz, ${creepOf(order / nominal, evidence)}) stand out, ${listed}; ${level?.zone ?? 'how much this is needs a stated unit'}`,
    alsoConsistentWith: ['misaligned pulleys', 'an eccentric pulley'],
    wouldTell: 'a stroboscope on the belt, its tension, and an axial channel (misaligned pulleys show there)',
    log10Chance: Math.max(-300, found.logChance / Math.LN10),
  }
}

function creepOf(share: number, { speed }: MachineEvidence): string {
  return speed.source === 'stated' ? 'as far as the stated speed places it' : `${(100 * (1 - share)).toFixed(1)} % creep`
}

/** The rate within the belt's creep whose multiples stand out most together; those on an order of the shaft do not count. */
function familyIn(channel: ChannelEvidence, { nominal, slack }: { readonly nominal: number; readonly slack: number }) {
  const { orders, angular } = channel
  const isOwn = (place: number) => place < angular.maxOrder && Math.abs(place - Math.round(place)) > 3 * orders.step
  const range = { low: nominal * (1 - CREEP - slack), high: nominal * (1 + slack) }
  const best = bestFamily(orders, { ...range, multiples: MULTIPLES, isOwn })
  const order = best?.fundamental ?? nominal
  const lines = MULTIPLES.filter((multiple) => isOwn(multiple * order)).map((multiple) => {
    const line = lineAt(orders, multiple * order)
    return { multiple, line, rms: line?.rms ?? 0 }
  })
  return { channel, order, lines, logChance: best?.logChance ?? 0 }
}
