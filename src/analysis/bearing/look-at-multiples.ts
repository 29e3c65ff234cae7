import type { BearingGeometry } from '../../readings/asset.js'
import { bearingFrequencies } from '../vibration/bearing-frequencies.js'
import { SLIP_TOLERANCE } from './comb-search.js'
import { CALLED_AT_LOG10 } from './conclude-verdict.js'
import type { FaultElsewhere } from './diagnosis.js'
import { highestLineHz } from './fault-pattern.js'
import { fuseEvidence } from './fused-evidence.js'
import { evidenceNoise, type JudgedFault } from './judge-fault.js'
import { MUCH_BETTER } from './look-at-speed.js'
import type { PreWhitenedView } from './pre-whitened-views.js'
import { rankFaults } from './rank-faults.js'

/** What a display, a gear or a count of pulses makes of a speed: half and a third, double and triple. */
const MULTIPLES = [1 / 3, 1 / 2, 2, 3]

/** Up to where lookAtMultiples wants its views, Hz: the lines of the fastest of these speeds. */
export function seenAtMultiplesHz(geometry: BearingGeometry, shaftHz: number): number {
  const fastestHz = Math.max(...MULTIPLES) * shaftHz
  return highestLineHz(bearingFrequencies(geometry, fastestHz), fastestHz)
}

/**
 * Whether some fault's pattern explains the record much better at half or a third of the stated speed, at double or triple, than any does at the stated one; null
 * where none does.
 *
 * @param views up to seenAtMultiplesHz(), or as far as the record goes.
 */
export function lookAtMultiples(
  views: readonly PreWhitenedView[],
  { geometry, shaftHz }: { readonly geometry: BearingGeometry; readonly shaftHz: number },
): FaultElsewhere | null {
  const { ftf } = bearingFrequencies(geometry, shaftHz)
  const maxHz = seenAtMultiplesHz(geometry, shaftHz)
  const trials = Math.log10(MULTIPLES.length)
  const heardWithout = (silentHz: number) => {
    const evidence = fuseEvidence(views, { shaftHz: silentHz, maxHz })
    return { evidence, noise: evidenceNoise(evidence) }
  }
  const withoutShaft = heardWithout(shaftHz)
  const rankedAt = (hz: number) => {
    // Harmonics of either shaft are silent: those of the slower hold those of the faster.
    const { evidence, noise } = hz < shaftHz ? heardWithout(hz) : withoutShaft
    return rankFaults(evidence, noise, { geometry, shaftHz: hz })
  }
  const here = rankedAt(shaftHz)
  const cage = here.find(({ pattern }) => pattern.fault === 'cage')
  const isCageSeen = cage !== undefined && cage.log10Chance <= CALLED_AT_LOG10
  let best: FaultElsewhere | null = null
  let leastShare = MUCH_BETTER * Math.max(0, here[0]?.share ?? 0)
  for (const hz of MULTIPLES.map((multiple) => multiple * shaftHz)) {
    const [first] = rankedAt(hz)
    if (!first || first.log10Chance + trials > CALLED_AT_LOG10 || first.share <= leastShare) continue
    if (isCageSeen && isOfCage(first, cage, ftf)) continue
    leastShare = first.share
    best = { fault: first.pattern.fault, shaftHz: hz }
  }
  return best
}

/** A cage's train holds every multiple of its frequency: races of bearings at other speeds, and every second or third line of itself. */
function isOfCage({ pattern, comb }: JudgedFault, cage: JudgedFault, cageHz: number): boolean {
  if (pattern.fault === 'cage') return comb.score <= MUCH_BETTER * cage.comb.score
  const hz = pattern.centreHz * (1 + comb.slip)
  const multiple = Math.max(1, Math.round(hz / cageHz))
  return Math.abs(hz / (multiple * cageHz) - 1) <= SLIP_TOLERANCE
}
