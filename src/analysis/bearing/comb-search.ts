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

/**
 * Slides a fault's pattern over ±3 % and keeps the best place. The modulating frequency stays where it is.
 * @param centreHz where the pattern's first harmonic is expected; the pattern's own unless said (decoys say).
 */
export function searchComb(spectrum: EvidenceSpectrum, pattern: FaultPattern, centreHz = pattern.centreHz): CombScore {
  const { resolutionHz, evidence } = spectrum
  const { lines, modulationHz } = pattern
  const topHarmonic = Math.max(...lines.map((line) => line.harmonic))
  const step = resolutionHz / (centreHz * topHarmonic)
  const half = Math.ceil(SLIP_TOLERANCE / step)
  const carriersHz = Float64Array.from(lines, (line) => line.harmonic * centreHz)
  const offsetsHz = Float64Array.from(lines, (line) => line.sideband * modulationHz)
  const lineWeights = Float64Array.from(lines, (line) => line.weight)
  let best = -1
  let bestSlip = 0
  let spread = 1
  for (let k = -half; k <= half; k++) {
    const slip = (SLIP_TOLERANCE * k) / half
    let sum = 0
    let weights = 0
    let squares = 0
    for (let line = 0; line < carriersHz.length; line++) {
      const bin = Math.round((carriersHz[line]! * (1 + slip) + offsetsHz[line]!) / resolutionHz)
      if (bin < 2 || bin >= evidence.length) continue
      const weight = lineWeights[line]!
      sum += weight * evidence[bin]!
      weights += weight
      squares += weight * weight
    }
    const score = weights > 0 ? sum / weights - 1 : -1
    if (score <= best) continue
    best = score
    bestSlip = slip
    spread = squares / (weights * weights)
  }
  return { score: best, slip: bestSlip, spread, trials: 2 * half + 1 }
}
