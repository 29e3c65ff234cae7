import type { Limits } from '../../readings/sensor.js'

/** The field's own letters: high, high-high, low, low-low. */
export const LIMIT_LETTERS = ['HH', 'H', 'L', 'LL'] as const
export type LimitLetters = (typeof LIMIT_LETTERS)[number]
export type LimitState = LimitLetters | null

const LIMIT_KEYS = { HH: 'criticalHigh', H: 'warningHigh', L: 'warningLow', LL: 'criticalLow' } as const

/** In the sensor's unit; NaN where it is not stated. */
export function limitOf(letters: LimitLetters, limits: Limits | undefined): number {
  return limits?.[LIMIT_KEYS[letters]] ?? Number.NaN
}

/** Reaching a limit counts; a margin counts as beyond what is short of it by no more than that. */
export function isBeyond(letters: LimitLetters, value: number, limit: number, margin: number): boolean {
  return letters.startsWith('H') ? value >= limit - margin : value <= limit + margin
}

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

/** What keeps its alarms from chattering: `deadband 2, on after 5 s, off after 10 s`; empty where nothing is stated. */
export function steadyingText({ deadband = 0, onDelayMs = 0, offDelayMs = 0 }: Limits = {}): string {
  return [
    ...(deadband > 0 ? [`deadband ${Number(deadband.toPrecision(4))}`] : []),
    ...(onDelayMs > 0 ? [`on after ${onDelayMs / 1000} s`] : []),
    ...(offDelayMs > 0 ? [`off after ${offDelayMs / 1000} s`] : []),
  ].join(', ')
}
