/**
 * Quality of a reading, as one byte so that a column of them stays small.
 * 0 is good; 1–127 uncertain; 128–255 bad. Where it is bad the value means nothing and is never shown.
 */
export const QUALITY = {
  good: 0,
  stale: 1,
  'out-of-range': 2,
  uncalibrated: 3,
  'clock-unsynced': 4,
  'device-uncertain': 5,
  /** Read from a file whose sum is wrong: nobody can say whether it is what was written. */
  unverified: 6,
  'no-response': 128,
  'device-fault': 129,
  undecodable: 130,
  'not-configured': 131,
} as const

export type QualityReason = keyof typeof QUALITY
export type QualityCode = (typeof QUALITY)[QualityReason]
export type QualityLevel = 'good' | 'uncertain' | 'bad'

export interface Quality {
  readonly level: QualityLevel
  /** Why it is not good; null where it is. */
  readonly reason: QualityReason | null
}

const REASONS = new Map<number, QualityReason>(Object.entries(QUALITY).map(([reason, code]) => [code, reason as QualityReason]))

export function isGood(code: number): boolean {
  return code === QUALITY.good
}

/** Bad: there is no value. */
export function isBad(code: number): boolean {
  return code >= 128
}

/** What a code says; an unknown one keeps its level and has no reason. */
export function qualityOf(code: number): Quality {
  const level: QualityLevel = code === 0 ? 'good' : code < 128 ? 'uncertain' : 'bad'
  return { level, reason: code === 0 ? null : (REASONS.get(code) ?? null) }
}
