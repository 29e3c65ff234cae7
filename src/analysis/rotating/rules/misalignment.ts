import type { ChannelEvidence, MachineEvidence } from '../machine-evidence.js'
import { SMALLEST_A_B, severityOfVelocity } from '../velocity-severity.js'
import { seriesOf } from './looseness.js'
import { mainsAtOrder } from './mains-at-order.js'
import type { RuleAnswer } from './rule.js'
import { axialChannel, combinedVelocity, listLines, log10ChanceOf, radialChannels, strongestAt } from './shaft-harmonics.js'
import { AXIAL_SHARE } from './unbalance.js'

/** From here 2× is high against 1×: bent shafts and misaligned couplings show 30 to 200 % [AkbarSlides]; half leaves room for what healthy ones show. */
const HIGH_2X = 0.5
const ORDERS = [1, 2, 3]

/**
 * Misalignment: 2× high against 1×, often with 3×, or 1× and 2× along the shaft.
 * @see [Pruftechnik4], [UpdateIntl7e], [UpdateIntl7f], [Gagnon2016]
 */
export function judgeMisalignment(evidence: MachineEvidence): RuleAnswer {
  const axial = axialChannel(evidence)
  const radial = strongestAt(radialChannels(evidence), 2)
  const candidates = [axial, radial].filter((channel) => channel !== null)
  const channel = candidates
    .filter((candidate) => isHigh(candidate, { axial, radial }))
    // A long series is the looseness rule's, which names misalignment beside it.
    .find((candidate) => !Object.values(seriesOf(candidate, evidence.shaftHz)).includes(true))
  if (!channel) return null
  const obstacle = mainsAtOrder(evidence, channel, 2)
  if (obstacle !== null) return { notJudged: obstacle }
  const velocity = combinedVelocity(channel, ORDERS)
  if (velocity !== null && velocity < SMALLEST_A_B) return null
  const level = velocity === null ? null : severityOfVelocity(velocity, evidence.machine)
  return {
    code: 'misalignment',
    severity: level?.severity ?? 'note',
    evidence: [
      `consistent with misalignment: ${channel.direction ?? 'direction not stated'}, ${listLines(channel, ORDERS)}; 2× is ${share(channel)} of 1×`,
      ...(axial !== null && axial !== channel ? [`axial ${listLines(axial, [1, 2])}`] : []),
      level?.zone ?? 'how much this is needs a stated unit',
    ].join('; '),
    alsoConsistentWith: [
      'bent shaft near the coupling',
      'looseness',
      'distorted casing (soft foot)',
      'a gear, lobe or blade that passes twice a turn',
    ],
    wouldTell:
      axial === null
        ? 'an axial channel, and the phase of axial 1× and 2× across the coupling (180° for misalignment)'
        : 'the phase of axial 1× and 2× across the coupling (180° for misalignment)',
    log10Chance: log10ChanceOf(channel, [2]),
  }
}

function isHigh(
  channel: ChannelEvidence,
  { axial, radial }: { readonly axial: ChannelEvidence | null; readonly radial: ChannelEvidence | null },
): boolean {
  if (channel.relative(2) === 0 || channel.relative(2) < HIGH_2X * channel.relative(1)) return false
  if (channel !== axial || !radial) return true
  return channel.relative(2) >= AXIAL_SHARE * Math.max(radial.relative(1), radial.relative(2))
}

function share(channel: ChannelEvidence): string {
  return channel.relative(1) === 0 ? 'far more than 100 %' : `${((100 * channel.relative(2)) / channel.relative(1)).toFixed(0)} %`
}
