import { displayWidth } from '../../output/display-width.js'
import { countText, type NumberHistory, steadyNumber } from './steady-number.js'

const MOST_DIGITS = 3
/** A value so small would be nothing but noughts with fewer decimals. */
const DECIMALS_FROM = 0.01

/** A number in at most so many columns: with fewer digits where it must be, never with another magnitude; `#` where there is no room for it. */
export function fitSteady(value: number, history: NumberHistory, columns: number): string {
  return fitNumber(steadyNumber(value, history), value, columns)
}

export function fitCount(count: number, columns: number): string {
  const text = countText(count)
  return fitNumber(text.length <= columns ? text : String(Math.round(count)), count, columns)
}

/** @param text  how `value` is told where there is room. */
export function fitNumber(text: string, value: number, columns: number): string {
  if (displayWidth(text) <= columns) return text
  if (!Number.isFinite(value)) return Number.isNaN(value) && columns >= 3 ? 'NaN' : '#'.repeat(columns)
  const decimals = text.includes('e') || Math.abs(value) < DECIMALS_FROM ? 0 : (text.split('.')[1]?.length ?? 0)
  for (let kept = decimals - 1; kept >= 0; kept--) {
    const fewer = signed(value.toFixed(kept))
    if (fewer.length <= columns) return fewer
  }
  for (let digits = MOST_DIGITS; digits >= 0; digits--) {
    const fewer = signed(value.toExponential(digits))
    if (fewer.length <= columns) return fewer
  }
  return '#'.repeat(columns)
}

function signed(text: string): string {
  return text.replace(/^-/, '−')
}
