import { MACHINE_FAULTS, type MachineFaultReport } from './machine-fault.js'
import type { MachineRecord } from './machine-record.js'

/** What a record says about a rotating machine: one finding for each rule whose pattern stands in it, and which rules could not judge, and why. */
export function findMachineFaults(record: MachineRecord): MachineFaultReport {
  const why = record.shaftSpeedRpm === null ? 'the shaft speed is not known' : 'this rule is not built yet'
  return { findings: [], notJudged: MACHINE_FAULTS.map((rule) => ({ rule, why })), speed: null, warnings: [] }
}
