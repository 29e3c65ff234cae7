import { describePlan, type ScopePlan } from '../discovery/plan-discovery.js'
import { jsonSafe } from './json-safe.js'
import { terminalSafe } from './terminal-safe.js'

/** `discover --dry-run --json`. */
export interface Plans {
  readonly schema: 'chatterfix/discovery-plan/1'
  readonly plans: readonly ScopePlan[]
}

/** `discover --dry-run --jsonl`. */
export function planLines(plan: ScopePlan): readonly string[] {
  return [jsonSafe({ type: 'plan', ...plan })]
}

/** `discover --dry-run` for people. */
export function toldPlan(plan: ScopePlan): readonly string[] {
  return describePlan(plan).map((line) => terminalSafe(line))
}
