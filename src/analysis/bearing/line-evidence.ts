/** The most that one line may say, −ln p: beyond it noise is out of the question and more strength must not outvote missing lines. */
export const LINE_CAP = 12

/**
 * How surprising the strongest line near each bin would be in noise alone: −ln p, capped. Exponentially distributed with mean 1 in noise.
 *
 * p = 1 − (1 − e^(−r))^m for the strongest ratio r of m bins; lines of a slipping bearing smear, so m grows with frequency (0.1 %, 1 to 4 bins each side).
 *
 * @param ratios shape (m,), lines over noise floor (noise-floor.ts).
 * @param isMasked bins that must not speak, e.g. harmonics of the shaft.
 * @returns shape (m,), dimensionless.
 */
export function lineEvidence(ratios: Float64Array, isMasked: (bin: number) => boolean): Float64Array {
  const heard = ratios.map((ratio, bin) => (bin < 2 || isMasked(bin) ? 0 : ratio))
  return heard.map((_, bin) => {
    const reach = lineReach(bin)
    let strongest = 0
    for (let k = Math.max(0, bin - reach); k <= bin + reach && k < heard.length; k++) strongest = Math.max(strongest, heard[k]!)
    const trials = 2 * reach + 1
    // For strong lines p ≈ m·e^(−r), where the exact form has lost its digits.
    const surprise = strongest > 20 ? strongest - Math.log(trials) : -Math.log(-Math.expm1(trials * Math.log1p(-Math.exp(-strongest))))
    return Math.min(LINE_CAP, Math.max(0, surprise))
  })
}

/** Bins each side in which a line of nominal position `bin` is looked for. */
export function lineReach(bin: number): number {
  return Math.max(1, Math.min(4, Math.round(0.001 * bin)))
}
