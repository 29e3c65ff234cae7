import type { WindowName } from './window.js'
import { lobeReach, windowResponse } from './window-response.js'

/** What a sine looks like in a spectrum. */
export interface LineShape {
  readonly window: WindowName
  /** Distance of neighbouring values in bins of one over the window's length: 1, less in a zoomed spectrum. */
  readonly binsPerStep: number
}

/** Between two values: the top of a line. */
export interface LineTop {
  /** From the highest value, −0.5 … 0.5 steps. */
  readonly shift: number
  /** What the amplitude there is of the highest value, ≥ 1. */
  readonly gain: number
}

/** Halvings of the half step that the top lies in: 2⁻³⁰ of a step. */
const HALVINGS = 30

/**
 * Where between the values of a spectrum a sine lies and how high it is, from the highest value and its neighbours, exactly where nothing but the
 * sine is there.
 *
 * q(δ) = (|X₊| − |X₋|) / (|X₋| + 2|X₀| + |X₊|), which grows with δ and of a Hann window is δ/2;  gain = 1/W(δ)
 *
 * @param around amplitudes left of the highest value, there, and right of it; any unit.
 * @returns null where the steps are so wide that a neighbour lies beyond the main lobe.
 * @see [Agrez2002] for three bins of a Hann window
 */
export function lineTop(around: readonly [number, number, number], { window, binsPerStep }: LineShape): LineTop | null {
  if (1.5 * binsPerStep > lobeReach(window)) return null
  const at = (steps: number) => windowResponse(window, steps * binsPerStep)
  const lean = (shift: number) => leanOf(at(1 + shift), at(shift), at(1 - shift))
  const [left, middle, right] = around
  const measured = leanOf(left, middle, right)
  const wanted = Math.abs(measured)
  let [low, high] = [0, 0.5]
  for (let halving = 0; halving < HALVINGS; halving++) {
    const between = (low + high) / 2
    if (lean(between) < wanted) low = between
    else high = between
  }
  const shift = (low + high) / 2
  return { shift: Math.sign(measured) * shift, gain: 1 / at(shift) }
}

function leanOf(left: number, middle: number, right: number): number {
  const sum = left + 2 * middle + right
  return sum > 0 ? (right - left) / sum : 0
}
