import type { BearingGeometry } from '../../readings/asset.js'
import type { HalfSpectrum } from '../spectrum/real-spectrum.js'
import { bearingFrequencies } from '../vibration/bearing-frequencies.js'
import { SLIP_TOLERANCE } from './comb-search.js'
import { CALLED_AT_LOG10 } from './conclude-verdict.js'
import type { FaultElsewhere } from './diagnosis.js'
import type { FrequencyBand } from './envelope-spectrum.js'
import { HARMONICS } from './fault-pattern.js'
import { fuseEvidence } from './fused-evidence.js'
import { evidenceNoise, type JudgedFault } from './judge-fault.js'
import { MUCH_BETTER } from './look-at-speed.js'
import { rankFaults } from './rank-faults.js'

/** What a display, a gear or a count of pulses makes of a speed: half and a third, double and triple. */
const MULTIPLES = [1 / 3, 1 / 2, 2, 3]

/**
 * Whether some fault's pattern explains the record much better at half or a third of the stated speed, at double or triple, than any does at the stated one; null
 * where none does. The views are those of look-at-speed.ts, up to the lines that the fastest of these speeds would have.
 */
export function lookAtMultiples(record: {
  readonly spectrum: HalfSpectrum
  readonly sampleRateHz: number
  readonly geometry: BearingGeometry
  readonly shaftHz: number
  readonly chosen: FrequencyBand
}): FaultElsewhere | null {
  const { spectrum, sampleRateHz, geometry, shaftHz, chosen } = record
  const { bpfi, bsf, ftf } = bearingFrequencies(geometry, shaftHz)
  const fastest = Math.max(...MULTIPLES)
  const maxHz = Math.min(sampleRateHz / 4, fastest * ((HARMONICS + 0.2) * Math.max(bpfi, 2 * bsf) + 2 * shaftHz))
  const trials = Math.log10(MULTIPLES.length)
  const rankedAt = (hz: number) => {
    // Harmonics of either shaft are silent: those of the slower hold those of the faster.
    const evidence = fuseEvidence(spectrum, { sampleRateHz, shaftHz: Math.min(hz, shaftHz), maxHz, chosen })
    return rankFaults(evidence, evidenceNoise(evidence), { geometry, shaftHz: hz })
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
