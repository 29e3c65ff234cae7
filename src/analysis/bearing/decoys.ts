import type { BearingFrequencies } from '../vibration/bearing-frequencies.js'
import { bestPlace, type CombScore, combPlaces, type EvidenceSpectrum, SLIP_TOLERANCE } from './comb-search.js'
import type { FaultPattern } from './fault-pattern.js'

const DECOYS = 40
/** Fractional parts of its multiples fill an interval as evenly as can be, without randomness. */
const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * How often the same pattern scores as high where no fault of this bearing could put it: the share of decoy frequencies between 0.55 and
 * 1.65 times the fault's own. Lines that the found pattern explains (its harmonics with their sidebands) are taken out first, so a real fault does
 * not speak against itself, while a record full of other periodic lines does.
 *
 * @returns 0–1; null where no decoy fits between the bearing's own frequencies.
 */
export function decoyShare(
  spectrum: EvidenceSpectrum,
  found: { readonly pattern: FaultPattern; readonly comb: CombScore },
  machine: { readonly frequencies: BearingFrequencies; readonly shaftHz: number },
): number | null {
  const { pattern, comb } = found
  const unexplained = withoutPattern(spectrum, pattern.centreHz * (1 + comb.slip), machine)
  const { bpfo, bpfi, bsf } = machine.frequencies
  const own = [bpfo, bpfi, 2 * bsf].flatMap((hz) => [hz / 2, hz, 2 * hz])
  let beaten = 0
  let tried = 0
  for (let k = 0; k < DECOYS; k++) {
    const decoyHz = pattern.centreHz * (0.55 + 1.1 * ((k * GOLDEN + 0.5) % 1))
    const isOwn = [...own, pattern.centreHz].some((hz) => Math.abs(decoyHz / hz - 1) < 2 * SLIP_TOLERANCE)
    if (isOwn) continue
    tried++
    if (bestPlace(unexplained, combPlaces(pattern, spectrum.resolutionHz, decoyHz)).score >= comb.score) beaten++
  }
  return tried < 5 ? null : beaten / tried
}

function withoutPattern(
  { resolutionHz, evidence }: EvidenceSpectrum,
  foundHz: number,
  machine: { readonly frequencies: BearingFrequencies; readonly shaftHz: number },
): Float64Array {
  const left = evidence.slice()
  const offsets = [-3, -2, -1, 0, 1, 2, 3].flatMap((k) => [k * machine.shaftHz, k * machine.frequencies.ftf])
  for (let harmonic = 1; harmonic * foundHz < evidence.length * resolutionHz; harmonic++) {
    for (const offset of offsets) {
      const bin = Math.round((harmonic * foundHz + offset) / resolutionHz)
      // Evidence is a running maximum over up to nine bins; a line fills them all.
      for (let k = Math.max(0, bin - 8); k <= bin + 8 && k < left.length; k++) left[k] = Math.min(left[k]!, 1)
    }
  }
  return left
}
