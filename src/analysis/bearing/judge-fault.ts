import { bestPlace, type CombPlaces, type CombScore, combPlaces } from './comb-search.js'
import type { FaultPattern } from './fault-pattern.js'
import type { FusedEvidence } from './fused-evidence.js'
import { LINE_CAP } from './line-evidence.js'
import { logChanceOf, type NoiseOfEvidence, noiseOfEvidence, scoreOfNoise } from './significance.js'

/** One fault's pattern in the evidence of all views together and of the view that shows it best. */
export interface JudgedFault {
  readonly pattern: FaultPattern
  /** Where it was found. */
  readonly comb: CombScore
  /** 0: as noise does in every second search; 1: every line stands clear in every view. May be negative. */
  readonly share: number
  /** log10 of the chance that noise alone gives as much, with all that was searched. */
  readonly log10Chance: number
}

/** How the evidence scatters without lines, of all views together and of each. */
export interface EvidenceNoise {
  readonly fused: NoiseOfView
  readonly views: readonly NoiseOfView[]
}

interface NoiseOfView {
  readonly noise: NoiseOfEvidence
  /** scoreOfNoise() of combs like this one; many are alike. */
  readonly usualScore: (comb: CombScore) => number
}

export function evidenceNoise(evidence: FusedEvidence): EvidenceNoise {
  return { fused: noiseOf(evidence.evidence), views: evidence.views.map((view) => noiseOf(view.evidence)) }
}

function noiseOf(evidence: Float64Array): NoiseOfView {
  const noise = noiseOfEvidence(evidence)
  const known = new Map<string, number>()
  const usualScore = (comb: CombScore) => {
    const kind = `${comb.trials} ${comb.spread}`
    const score = known.get(kind) ?? scoreOfNoise(comb, noise)
    known.set(kind, score)
    return score
  }
  return { noise, usualScore }
}

/**
 * The mean over all views finds what is a little everywhere, the best single view what rings in one band only. Both vote with equal weight; the
 * chance is that of the luckier of the two, times what it cost to look at each.
 */
export function judgeFault(evidence: FusedEvidence, noise: EvidenceNoise, pattern: FaultPattern): JudgedFault {
  const places = combPlaces(pattern, evidence.resolutionHz)
  const together = judged(evidence.evidence, noise.fused, places)
  const alone = evidence.views.map((view, k) => judged(view.evidence, noise.views[k] ?? noise.fused, places))
  const best = alone.reduce((most, one) => (one.overNoise > most.overNoise ? one : most), together)
  const luckiest = alone.reduce((least, one) => (one.logChance < least.logChance ? one : least), together)
  const aloneChance = luckiest.logChance + Math.log(Math.max(1, alone.length))
  const isAlone = aloneChance < together.logChance
  return {
    pattern,
    comb: isAlone ? luckiest.comb : together.comb,
    share: (together.overNoise + best.overNoise) / 2 / (LINE_CAP - 1),
    log10Chance: Math.min(0, (isAlone ? aloneChance : together.logChance) + Math.LN2) / Math.LN10,
  }
}

function judged(
  evidence: Float64Array,
  { noise, usualScore }: NoiseOfView,
  places: CombPlaces,
): { readonly comb: CombScore; readonly logChance: number; readonly overNoise: number } {
  const comb = bestPlace(evidence, places)
  return { comb, logChance: logChanceOf(comb, noise), overNoise: comb.score - usualScore(comb) }
}
