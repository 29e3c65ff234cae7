import type { FaultPattern } from './fault-pattern.js'

/** Real lines lie up to this far from where pure rolling puts them [Randall2011]. */
export const SLIP_TOLERANCE = 0.03

/** A stated speed that nothing confirms may be this far off: a rounded nameplate, the slip of a motor, another load. */
export const SPEED_TOLERANCE = 0.055

/** Evidence per line over frequency, e.g. of several methods averaged. */
export interface EvidenceSpectrum {
  readonly resolutionHz: number
  /** Shape (m,), −ln p. */
  readonly evidence: Float64Array
}

export interface CombScore {
  /** Mean evidence of the pattern's lines above what noise gives on average; 0 in noise before the search, LINE_CAP − 1 when every line stands clear. */
  readonly score: number
  /** Where it was found: (found − kinematic) / kinematic. */
  readonly slip: number
  /** Σw²/(Σw)² of the lines that lie in the spectrum: how much the mean scatters. */
  readonly spread: number
  /** How many places were looked at. */
  readonly trials: number
}

/** The bins on which a pattern's lines fall at every place that is tried; spectra of one resolution share them. */
export interface CombPlaces {
  /** Shape (lines,). */
  readonly weights: Float64Array
  /** Shape (places, lines), row by row, from −3 % to +3 %. */
  readonly bins: Int32Array
  /** How many places lie on each side of the middle. */
  readonly half: number
}

/**
 * The places of a pattern within ±3 %. The modulating frequency stays where it is.
 * @param centreHz where the pattern's first harmonic is expected; the pattern's own unless said (decoys say).
 */
export function combPlaces({ lines, modulationHz, centreHz: ownHz }: FaultPattern, resolutionHz: number, centreHz = ownHz): CombPlaces {
  const weights = new Float64Array(lines.length)
  const carriers = new Float64Array(lines.length)
  const offsets = new Float64Array(lines.length)
  let topHarmonic = 0
  for (let line = 0; line < lines.length; line++) {
    const { harmonic, sideband, weight } = lines[line]!
    weights[line] = weight
    carriers[line] = (harmonic * centreHz) / resolutionHz
    offsets[line] = (sideband * modulationHz) / resolutionHz + 0.5
    topHarmonic = Math.max(topHarmonic, harmonic)
  }
  const half = Math.ceil((SLIP_TOLERANCE * centreHz * topHarmonic) / resolutionHz)
  const bins = new Int32Array((2 * half + 1) * lines.length)
  for (let k = -half, at = 0; k <= half; k++) {
    const stretch = 1 + (SLIP_TOLERANCE * k) / half
    for (let line = 0; line < lines.length; line++) bins[at++] = Math.floor(carriers[line]! * stretch + offsets[line]!)
  }
  return { weights, bins, half }
}

/** The place where a pattern's lines stand clearest. @param evidence shape (m,), −ln p. */
export function bestPlace(evidence: Float64Array, { weights, bins, half }: CombPlaces): CombScore {
  let best = -1
  let bestSlip = 0
  let spread = 1
  for (let k = -half, at = 0; k <= half; k++) {
    let sum = 0
    let heard = 0
    let squares = 0
    for (let line = 0; line < weights.length; line++) {
      const bin = bins[at++]!
      if (bin < 2 || bin >= evidence.length) continue
      const weight = weights[line]!
      sum += weight * evidence[bin]!
      heard += weight
      squares += weight * weight
    }
    const score = heard > 0 ? sum / heard - 1 : -1
    if (score <= best) continue
    best = score
    bestSlip = (SLIP_TOLERANCE * k) / half
    spread = squares / (heard * heard)
  }
  return { score: best, slip: bestSlip, spread, trials: 2 * half + 1 }
}
