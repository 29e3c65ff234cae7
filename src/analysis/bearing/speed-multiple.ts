/** Mean −ln p over lines that all stand clear. Ten noise lines average this less than once in 10^8 (gamma tail); the search looks at some 10^4 places. */
export const CLEAR_EVIDENCE = 4
/** Of noise the largest of three neighbouring lines averages 1 + 1/2 + 1/3; six of them average this once in ten times. */
const NO_EVIDENCE = 2.5

/** Of every multiple: the orders of the assumed speed that a shaft at this multiple has, and those next to them that it has not. */
const FASTER = [
  { multiple: 2, own: [2, 4], foreign: [1, 3, 5] },
  { multiple: 3, own: [3, 6], foreign: [1, 2, 4, 5] },
] as const
/** Orders that only a shaft at this part of the assumed speed has. */
const SLOWER = [
  { multiple: 1 / 2, own: [1 / 2, 3 / 2, 5 / 2] },
  { multiple: 1 / 3, own: [1 / 3, 2 / 3, 4 / 3, 5 / 3] },
] as const

/**
 * Which multiple of an assumed speed a shaft really has, 1 where nothing speaks against it. Twice or three times: every second or third order stands clear,
 * the others nowhere. A half or a third: orders between stand clear, and the slower comb is the stronger one by `margin`; half orders
 * that are weaker than whole ones, as of loose parts, make no slower shaft.
 *
 * @param views evidence per bin, the signal's own spectrum first.
 * @param combStrength of a fundamental in the signal's own spectrum, bins.
 */
export function speedMultiple(
  views: readonly Float64Array[],
  options: { readonly fundamentalBins: number; readonly combStrength: (bins: number) => number; readonly margin: number },
): number {
  const { fundamentalBins, combStrength, margin } = options
  const mean = (heard: readonly Float64Array[], orders: readonly number[]) =>
    heard.reduce((sum, view) => sum + orders.reduce((lines, order) => lines + lineNear(view, order * fundamentalBins), 0), 0) /
    (orders.length * heard.length)
  const faster = FASTER.find(({ own, foreign }) => mean(views, own) >= CLEAR_EVIDENCE && mean(views, foreign) < NO_EVIDENCE)
  if (faster) return faster.multiple
  const here = combStrength(fundamentalBins)
  const slower = SLOWER.map(({ multiple, own }) => ({
    multiple,
    isClear: mean(views.slice(0, 1), own) >= CLEAR_EVIDENCE,
    strength: combStrength(multiple * fundamentalBins),
  })).filter(({ isClear, strength }) => isClear && margin * strength > here)
  return slower.reduce((best, one) => (one.strength > best.strength ? one : best), { multiple: 1, strength: 0 }).multiple
}

function lineNear(view: Float64Array, bins: number): number {
  const at = Math.round(bins)
  return Math.max(view[at - 1] ?? 0, view[at] ?? 0, view[at + 1] ?? 0)
}
