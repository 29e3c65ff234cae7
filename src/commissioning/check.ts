/** What is looked at before a sensor counts as commissioned, in the order of the work. */
export const CHECKS = ['alive', 'identity', 'unit', 'plausible', 'stimulus', 'limits', 'time', 'asset'] as const
export type CheckId = (typeof CHECKS)[number]

/** What a check is about, as a question. */
export const CHECK_QUESTIONS: Readonly<Record<CheckId, string>> = {
  alive: 'does it answer?',
  identity: 'is it the one that its name says?',
  unit: 'is its unit stated?',
  plausible: 'are its values possible?',
  stimulus: 'does it respond when it is touched?',
  limits: 'are there limits, and do they make sense?',
  time: 'is its time right?',
  asset: 'is it linked to a machine?',
}

/** `open`: cannot be told yet, or not by a machine; `says` why. `confirmed` and `rejected` come from a person. */
export interface CheckResult {
  readonly state: 'passed' | 'failed' | 'open' | 'confirmed' | 'rejected'
  readonly says: string
}

export type CheckResults = Readonly<Record<CheckId, CheckResult>>

/** Checks that stand in the way of "all is well". */
export function openChecks(results: CheckResults): readonly CheckId[] {
  return CHECKS.filter((id) => results[id].state !== 'passed' && results[id].state !== 'confirmed')
}
