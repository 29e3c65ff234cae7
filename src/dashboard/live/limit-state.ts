import type { Limits } from '../../readings/sensor.js'

/** The field's own letters: high, high-high, low, low-low. */
export type LimitState = 'HH' | 'H' | 'L' | 'LL' | null

/** Which limit a value is beyond; the worse one wins. Reaching a limit counts. */
export function limitState(value: number, limits: Limits | undefined): LimitState {
  if (!limits) return null
  const { criticalHigh, criticalLow, warningHigh, warningLow } = limits
  if (criticalHigh !== undefined && value >= criticalHigh) return 'HH'
  if (criticalLow !== undefined && value <= criticalLow) return 'LL'
  if (warningHigh !== undefined && value >= warningHigh) return 'H'
  if (warningLow !== undefined && value <= warningLow) return 'L'
  return null
}

/** The limits in a few characters, lowest first: `LL 2 L 5 H 80 HH 95`. */
export function limitsText(limits: Limits | undefined): string {
  if (!limits) return ''
  const { criticalHigh, criticalLow, warningHigh, warningLow } = limits
  const parts: readonly (readonly [string, number | undefined])[] = [
    ['LL', criticalLow],
    ['L', warningLow],
    ['H', warningHigh],
    ['HH', criticalHigh],
  ]
  return parts.flatMap(([letters, limit]) => (limit === undefined ? [] : [`${letters} ${Number(limit.toPrecision(4))}`])).join(' ')
}
