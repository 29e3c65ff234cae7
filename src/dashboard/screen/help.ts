import { fitWidth } from '../../output/display-width.js'
import { KEYS } from '../keys/key-press.js'
import { fitBlock, ruleRow } from '../rows/fit-row.js'
import type { Row } from '../rows/style.js'

/** The key table and the signs of the sensor table, in place of table and chart. */
export function helpView(size: { readonly columns: number; readonly rows: number }): readonly Row[] {
  const keyWidth = Math.min(16, Math.floor(size.columns / 3))
  const keys: Row[] = KEYS.map(({ keys: pressed, does }) => [
    { text: ` ${fitWidth(pressed, keyWidth)} `, style: { weight: 'bold' } },
    { text: does },
  ])
  const signs: Row[] = SIGNS.map(([sign, means]) => [{ text: ` ${fitWidth(sign, keyWidth)} `, style: { weight: 'bold' } }, { text: means }])
  const rule = (text: string): Row => ruleRow([{ text, style: { weight: 'bold' } }], size.columns)
  return fitBlock([rule('keys (any key goes back)'), ...keys, [{ text: '' }], rule('signs'), ...signs], size)
}

const SIGNS: readonly (readonly [sign: string, means: string])[] = [
  ['HH LL', 'beyond a critical limit, high or low'],
  ['H L', 'beyond a warning limit'],
  ['—  ✗ reason', 'no value, and why; an old one is never shown in its place'],
  ['~ reason', 'a value to doubt: stale, out of range, uncalibrated…'],
  ['age', 'since it was measured, by the source’s clock; +7s: that clock is ahead'],
]
