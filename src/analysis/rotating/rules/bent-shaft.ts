import type { MachineEvidence } from '../machine-evidence.js'
import { SMALLEST_A_B, severityOfVelocity } from '../velocity-severity.js'
import { mainsAtOrder } from './mains-at-order.js'
import type { RuleAnswer } from './rule.js'
import { axialChannel, combinedVelocity, listLines, log10ChanceOf, radialChannels, strongestAt } from './shaft-harmonics.js'
import { AXIAL_SHARE } from './unbalance.js'

/**
 * Bent shaft: 1× along the shaft is high against the radial one.
 * @see [UpdateIntl13c], [RgbWavesBent], [UpdateIntl7f]
 */
export function judgeBentShaft(evidence: MachineEvidence): RuleAnswer {
  const axial = axialChannel(evidence)
  if (!axial) return { notJudged: 'no axial channel was measured, and radial 1× alone does not tell a bend from unbalance' }
  const radial = strongestAt(radialChannels(evidence), 1)
  if (!radial) return { notJudged: 'no radial channel was measured to compare with' }
  const share = axial.relative(1) / Math.max(Number.MIN_VALUE, radial.relative(1))
  // With a high 2× the same lines are the misalignment rule's.
  if (axial.relative(1) === 0 || share < AXIAL_SHARE || axial.relative(2) >= 0.5 * axial.relative(1)) return null
  const velocity = combinedVelocity(axial, [1, 2])
  if (velocity !== null && velocity < SMALLEST_A_B) return null
  const obstacle = mainsAtOrder(evidence, axial, 1)
  if (obstacle !== null) return { notJudged: obstacle }
  const level = velocity === null ? null : severityOfVelocity(velocity, evidence.machine)
  return {
    code: 'bent-shaft',
    severity: level?.severity ?? 'note',
    evidence: `consistent with a bent shaft: axial ${listLines(axial, [1, 2])}; axial 1× is ${(100 * share).toFixed(0)} % of the radial; ${level?.zone ?? 'how much this is needs a stated unit'}`,
    alsoConsistentWith: [
      'angular misalignment',
      'couple unbalance of an overhung rotor',
      'axial resonance near 1×',
      'a bearing cocked on the shaft',
    ],
    wouldTell: 'the phase of axial 1× at both ends of the shaft (180° for a bend), and the run-out turned by hand',
    log10Chance: log10ChanceOf(axial, [1]),
  }
}
