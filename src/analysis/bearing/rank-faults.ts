import type { BearingGeometry } from '../../readings/asset.js'
import { bearingFrequencies } from '../vibration/bearing-frequencies.js'
import { isCageTrain } from './cage-train.js'
import { NOTICED_AT_LOG10 } from './conclude-verdict.js'
import { BEARING_FAULTS, faultPattern } from './fault-pattern.js'
import type { FusedEvidence } from './fused-evidence.js'
import { type EvidenceNoise, type JudgedFault, judgeFault } from './judge-fault.js'

/** All four faults at one shaft speed, best first. */
export function rankFaults(
  evidence: FusedEvidence,
  noise: EvidenceNoise,
  machine: { readonly geometry: BearingGeometry; readonly shaftHz: number },
): readonly JudgedFault[] {
  const frequencies = bearingFrequencies(machine.geometry, machine.shaftHz)
  const judged = BEARING_FAULTS.map((fault) => judgeFault(evidence, noise, faultPattern(fault, frequencies, machine.shaftHz)))
  const of = (fault: JudgedFault['pattern']['fault']) => judged.find(({ pattern }) => pattern.fault === fault)
  const cage = of('cage')
  const outer = of('outer-race')
  const isBallNoticed = (of('ball')?.log10Chance ?? 0) <= NOTICED_AT_LOG10
  const isNoticed = cage !== undefined && outer !== undefined && Math.max(cage.log10Chance, outer.log10Chance) <= NOTICED_AT_LOG10
  const isOneTrain = isNoticed && isCageTrain(evidence.views, { cage, outer })
  return judged
    .map((one): JudgedFault => {
      // Every n-th harmonic of the cage lies on BPFO: where those between stand as clear, the outer race explains nothing more.
      if (one === outer && isOneTrain) return { ...one, share: one.share / 2 }
      if (one !== cage || isOneTrain) return one
      // FTF also modulates what rolling elements and a loaded outer race do, so its lines are shared evidence.
      return { ...one, share: isBallNoticed ? Math.min(0, one.share) : one.share / 2 }
    })
    .sort((a, b) => b.share - a.share)
}
