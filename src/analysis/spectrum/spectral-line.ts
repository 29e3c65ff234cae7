import { localFloor } from './local-floor.js'
import { windowResponse } from './window-response.js'

/** A line that stands out of the noise around it. */
export interface SpectralLine {
  readonly frequencyHz: number
  /** Peak amplitude of the sine, unit of the samples. */
  readonly amplitude: number
  /** Power over the mean power of the noise around it. */
  readonly overFloor: number
}

/** Half the lines that a median of the noise floor is taken from. */
const REACH = 32
/** Half the width of the window's main lobe, in bins. */
const LOBE = 2

/**
 * The lines of a Hann-windowed spectrum that noise would show once in a hundred records, each with frequency and amplitude interpolated between
 * bins. Noise power is taken as exponentially distributed about a local floor, which holds for any coloured Gaussian noise.
 *
 * P(power > q·floor) = e^(−q);  with a = |X[k±1]|/|X[k]| of the larger neighbour, δ = (2a − 1)/(a + 1) bins
 *
 * @param power            shape (m,), as of `powerLines`, u².
 * @param options.byChance lines expected of noise alone in the whole spectrum; 0.01 unless said.
 * @returns by frequency.
 * @see [Grandke1983]
 */
export function spectralLines(
  power: Float64Array,
  options: { readonly frequencyStepHz: number; readonly byChance?: number },
): readonly SpectralLine[] {
  const floor = localFloor(power, REACH)
  const least = Math.log(power.length / (options.byChance ?? 0.01))
  const lines: SpectralLine[] = []
  for (let k = LOBE; k < power.length - LOBE; k++) {
    if (!(power[k]! > least * floor[k]!) || !isHighest(power, k)) continue
    const side = power[k + 1]! >= power[k - 1]! ? 1 : -1
    const ratio = Math.sqrt(power[k + side]! / power[k]!)
    const offset = (2 * ratio - 1) / (ratio + 1)
    lines.push({
      frequencyHz: (k + side * offset) * options.frequencyStepHz,
      amplitude: Math.sqrt(3 * power[k]!) / windowResponse('hann', offset),
      overFloor: power[k]! / floor[k]!,
    })
  }
  return lines
}

function isHighest(power: Float64Array, at: number): boolean {
  for (let k = at - LOBE; k <= at + LOBE; k++) if (power[k]! > power[at]!) return false
  return true
}
