import { type MachineEvidence, machineEvidence } from './machine-evidence.js'
import { MACHINE_FAULTS, type MachineFault, type MachineFaultReport, type MachineFinding, type NotJudged } from './machine-fault.js'
import type { MachineRecord } from './machine-record.js'
import { judgeBelt } from './rules/belt.js'
import { judgeBentShaft } from './rules/bent-shaft.js'
import { judgeBladePass } from './rules/blade-pass.js'
import { judgeCavitation } from './rules/cavitation.js'
import { judgeElectrical } from './rules/electrical.js'
import { judgeGearMesh } from './rules/gear-mesh.js'
import { judgeLooseness } from './rules/looseness.js'
import { judgeMisalignment } from './rules/misalignment.js'
import { judgeResonance } from './rules/resonance.js'
import { judgeRotorBars } from './rules/rotor-bars.js'
import type { Rule } from './rules/rule.js'
import { judgeUnbalance } from './rules/unbalance.js'

const RULES: Readonly<Record<MachineFault, Rule>> = {
  unbalance: judgeUnbalance,
  misalignment: judgeMisalignment,
  looseness: judgeLooseness,
  'bent-shaft': judgeBentShaft,
  resonance: judgeResonance,
  'gear-mesh': judgeGearMesh,
  belt: judgeBelt,
  'blade-pass': judgeBladePass,
  electrical: judgeElectrical,
  'rotor-bars': judgeRotorBars,
  cavitation: judgeCavitation,
}

const WORST_FIRST = { fault: 0, warning: 1, note: 2 } as const

/**
 * What a record says about a rotating machine. Each rule looks for lines over the local noise, by their chance in noise, in the pattern of one fault;
 * it names what it found, what else would look the same, and the measurement that would tell. A rule that lacks something says what.
 *
 * @param record channels in any unit of acceleration or velocity (levels need one), of one machine, taken together; ≥ 32 rotations.
 * @throws AnalysisFault `not-finite`.
 * @see rotating/README.md for the rules and their sources.
 */
export function findMachineFaults(record: MachineRecord): MachineFaultReport {
  const { evidence, why, warnings } = machineEvidence(record)
  if (!evidence) return { findings: [], notJudged: MACHINE_FAULTS.map((rule) => ({ rule, why })), speed: null, warnings }
  const { findings, notJudged } = judged(evidence)
  return { findings, notJudged, speed: evidence.speed, warnings }
}

function judged(evidence: MachineEvidence): { readonly findings: readonly MachineFinding[]; readonly notJudged: readonly NotJudged[] } {
  const findings: MachineFinding[] = []
  const notJudged: NotJudged[] = []
  for (const rule of MACHINE_FAULTS) {
    const answer = RULES[rule](evidence)
    if (answer === null) continue
    if ('notJudged' in answer) notJudged.push({ rule, why: answer.notJudged })
    else findings.push(answer)
  }
  findings.sort((a, b) => WORST_FIRST[a.severity] - WORST_FIRST[b.severity])
  return { findings, notJudged }
}
