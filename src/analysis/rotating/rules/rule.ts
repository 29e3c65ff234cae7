import type { MachineEvidence } from '../machine-evidence.js'
import type { MachineFinding } from '../machine-fault.js'

/** A finding, null where the pattern does not stand in the record, or why the rule cannot judge. */
export type RuleAnswer = MachineFinding | null | { readonly notJudged: string }

export type Rule = (evidence: MachineEvidence) => RuleAnswer
