import type { MachineEvidence } from '../machine-evidence.js'
import { severityOfVelocity } from '../velocity-severity.js'
import { mainsAtOrder } from './mains-at-order.js'
import type { RuleAnswer } from './rule.js'
import { axialChannel, combined, listLines, log10ChanceOf, radialChannels, strongestAt } from './shaft-harmonics.js'

/** 1× carries four fifths of the power of the shaft's harmonics: it dominates. */
const DOMINATES = 0.8
/** From half of the radial 1×, axial 1× speaks for a bend or misalignment [UpdateIntl7f]. */
export const AXIAL_SHARE = 0.5

/**
 * Unbalance: 1× radial dominates and is more than a newly balanced machine shows.
 * @see [Pruftechnik4], [VibCloud], [UpdateIntl7e]
 */
export function judgeUnbalance(evidence: MachineEvidence): RuleAnswer {
  const channel = strongestAt(radialChannels(evidence), 1)
  if (!channel) return { notJudged: 'no radial channel was measured' }
  const first = channel.relative(1)
  if (first === 0) return null
  const velocity = channel.velocity(1)
  if (velocity === null) {
    return { notJudged: 'every rotor shows 1×; whether this is much needs a stated unit of acceleration or velocity' }
  }
  const share = first ** 2 / combined(channel, [1, 2, 3, 4, 5]) ** 2
  const level = severityOfVelocity(velocity, evidence.machine)
  if (share < DOMINATES || !level.exceedsNew) return null
  const axial = axialChannel(evidence)
  const axialShare = axial === null ? null : axial.relative(1) / first
  if (axialShare !== null && axialShare >= AXIAL_SHARE) return null
  const obstacle = mainsAtOrder(evidence, channel, 1)
  if (obstacle !== null) return { notJudged: obstacle }
  return {
    code: 'unbalance',
    severity: level.severity,
    evidence: [
      `consistent with unbalance: ${listLines(channel, [1, 2, 3])}; 1× has ${(100 * share).toFixed(0)} % of the power of harmonics 1 to 5`,
      ...(axialShare === null ? [] : [`axial 1× is ${(100 * axialShare).toFixed(0)} % of the radial`]),
      level.zone,
    ].join('; '),
    alsoConsistentWith: [...(axial === null ? ['bent shaft', 'misalignment'] : []), 'eccentric rotor or pulley', 'resonance near 1×'],
    wouldTell:
      axial === null
        ? 'an axial channel, and the phase of 1× between horizontal and vertical (90° for unbalance) and across the coupling'
        : 'the phase of 1× between horizontal and vertical (90° for unbalance), and a run-up',
    log10Chance: log10ChanceOf(channel, [1]),
  }
}
