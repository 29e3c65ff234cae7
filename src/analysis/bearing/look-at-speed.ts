import type { BearingGeometry } from '../../readings/asset.js'
import { bearingFrequencies } from '../vibration/bearing-frequencies.js'
import { SLIP_TOLERANCE, SPEED_TOLERANCE } from './comb-search.js'
import { CALLED_AT_LOG10 } from './conclude-verdict.js'
import { highestLineHz } from './fault-pattern.js'
import { type FusedEvidence, fuseEvidence } from './fused-evidence.js'
import { evidenceNoise, type JudgedFault } from './judge-fault.js'
import { mainsBehind } from './mains-lines.js'
import type { PreWhitenedView } from './pre-whitened-views.js'
import { rankFaults } from './rank-faults.js'

const SPEED_STEP = 0.0025
/** Another speed than the stated one must explain this much more. */
export const MUCH_BETTER = 1.25

export interface LookAtSpeed {
  readonly ranked: readonly JudgedFault[]
  readonly evidence: FusedEvidence
  /** At which the ranking was made. */
  readonly shaftHz: number
  /** The speed at which a fault's lines fit where they do not fit the stated one; null where they do. */
  readonly impliedHz: number | null
  /** The mains frequency whose multiples the best fault's lines are, Hz. */
  readonly mains: number | null
}

/** Up to where lookAtSpeed wants its views, Hz. */
export function seenAtSpeedHz(geometry: BearingGeometry, shaftHz: number): number {
  const fastestHz = (1 + SPEED_TOLERANCE) * shaftHz
  return highestLineHz(bearingFrequencies(geometry, fastestHz), fastestHz)
}

/**
 * The four faults at a shaft speed, and, where only a nameplate says it, at speeds up to 5.5 % beside it, which must fit much better; the chance is then that of
 * all the speeds that were tried.
 *
 * @param views up to seenAtSpeedHz() or further.
 */
export function lookAtSpeed(
  views: readonly PreWhitenedView[],
  machine: { readonly geometry: BearingGeometry; readonly shaftHz: number; readonly speedIs: 'stated' | 'seen' },
): LookAtSpeed {
  const { geometry, shaftHz } = machine
  const evidence = fuseEvidence(views, { shaftHz, maxHz: seenAtSpeedHz(geometry, shaftHz) })
  const noise = evidenceNoise(evidence)
  const here = { ranked: rankFaults(evidence, noise, { geometry, shaftHz }), shaftHz, impliedHz: null }
  const mainsOf = (ranked: readonly JudgedFault[]) => (ranked[0] ? mainsBehind(ranked[0], evidence.resolutionHz) : null)
  const leastShare = MUCH_BETTER * Math.max(0, here.ranked[0]?.share ?? 0)
  const beside =
    machine.speedIs === 'seen' ? null : bestBeside({ shaftHz, leastShare }, (hz) => rankFaults(evidence, noise, { geometry, shaftHz: hz }))
  const chosen = beside ?? here
  return { ...chosen, evidence, mains: mainsOf(chosen.ranked) }
}

type Beside = { readonly ranked: readonly JudgedFault[]; readonly shaftHz: number; readonly impliedHz: number }

function bestBeside(
  { shaftHz, leastShare }: { readonly shaftHz: number; readonly leastShare: number },
  rankAt: (hz: number) => readonly JudgedFault[],
): Beside | null {
  const steps = Math.round(SPEED_TOLERANCE / SPEED_STEP)
  const trials = Math.log10(2 * steps)
  let best: Beside | null = null
  let bestScore = leastShare
  for (let k = -steps; k <= steps; k++) {
    const hz = shaftHz * (1 + k * SPEED_STEP)
    const ranked = k === 0 ? [] : rankAt(hz).map((one) => ({ ...one, log10Chance: Math.min(0, one.log10Chance + trials) }))
    const [first] = ranked
    if (!first || first.log10Chance > CALLED_AT_LOG10) continue
    const isBeyondSlip = Math.abs((hz / shaftHz) * (1 + first.comb.slip) - 1) > SLIP_TOLERANCE
    // Where several speeds let the same lines fit, the one that asks for least slip is taken.
    const score = first.share * (1 - Math.abs(first.comb.slip))
    if (!isBeyondSlip || score <= bestScore) continue
    bestScore = score
    best = { ranked, shaftHz: hz, impliedHz: hz }
  }
  return best
}
