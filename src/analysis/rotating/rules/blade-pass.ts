import type { MachineEvidence } from '../machine-evidence.js'
import { severityOfVelocity } from '../velocity-severity.js'
import { mainsAtOrder } from './mains-at-order.js'
import type { RuleAnswer } from './rule.js'
import { combinedVelocity, listLines, log10ChanceOf, strongestAt } from './shaft-harmonics.js'

/**
 * Blade or vane pass: a line at blades × speed is in every fan and pump; it is a finding where it alone exceeds what a new machine shows.
 * @see [Wowk], [Aria]
 */
export function judgeBladePass(evidence: MachineEvidence): RuleAnswer {
  const { blades } = evidence.machine
  if (blades === undefined) return { notJudged: 'the number of blades or vanes is not stated' }
  if (blades < 2) return { notJudged: `${blades} blades pass with the shaft's own 1×` }
  const channel = strongestAt(evidence.channels, blades)!
  if (blades > channel.angular.maxOrder) return { notJudged: `order ${blades} lies beyond what the rate carries` }
  if (channel.relative(blades) === 0) return null
  // One of a long series of harmonics that does not stand out among its neighbours is the series', not the blades'.
  if (channel.relative(blades) < 2 * Math.max(channel.relative(blades - 1), channel.relative(blades + 1))) return null
  const orders = [blades, 2 * blades].filter((order) => order <= channel.angular.maxOrder)
  const velocity = combinedVelocity(channel, orders)
  if (velocity === null) return { notJudged: 'blade pass is in every machine with blades; whether this is much needs a stated unit' }
  const level = severityOfVelocity(velocity, evidence.machine)
  if (!level.exceedsNew) return null
  const obstacle = mainsAtOrder(evidence, channel, blades)
  if (obstacle !== null) return { notJudged: obstacle }
  return {
    code: 'blade-pass',
    severity: level.severity,
    evidence: `blade or vane pass is high: ${listLines(channel, orders)}; ${level.zone}`,
    alsoConsistentWith: [
      'too small or uneven a gap to the casing',
      'an obstructed or turbulent inlet',
      'operation away from the best point',
      'resonance at blade pass',
    ],
    wouldTell: 'another flow or speed, and the gap measured',
    log10Chance: log10ChanceOf(channel, [blades]),
  }
}
