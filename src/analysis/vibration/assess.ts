import { AnalysisFault } from '../analysis-fault.js'
import { diagnoseBearing } from '../bearing/diagnose-bearing.js'
import type { BearingDiagnosis } from '../bearing/diagnosis.js'
import { inspectSignal } from '../conditioning/inspect-signal.js'
import { findMachineFaults } from '../rotating/find-machine-faults.js'
import type { VibrationAssessment, VibrationFinding, VibrationInput, VibrationStretch } from './assessment.js'
import { impulsesFinding } from './impulses-finding.js'
import { type Severity, severityOf } from './iso-20816-3.js'
import { machineRecord } from './machine-record-of.js'
import { majorityDiagnosis, majorityFindings } from './majority.js'
import { overallLevels } from './overall-levels.js'
import { soundPart } from './sound-part.js'
import { levelsOfRecord } from './whole-record.js'

/** Below this the standard asks for a lower band than the 10–1000 Hz of our overall level. */
const SLOW_RPM = 600
const RANK = { fault: 0, warning: 1, note: 2 } as const

/**
 * All that one channel says: levels, severity zone, bearing verdict. What the record or the nameplate cannot answer is null, and a
 * warning says why and which flag would help.
 *
 * @throws AnalysisFault `out-of-range` where the rate is not a positive number, `too-few-samples`, `not-finite`.
 */
export function assessVibration(input: VibrationInput): VibrationAssessment {
  if (!(input.sampleRateHz > 0) || !Number.isFinite(input.sampleRateHz)) {
    throw new AnalysisFault('out-of-range', `a sample rate of ${input.sampleRateHz} Hz is none`)
  }
  const { overall, warnings: levelWarnings } = overallLevels(input.whole?.levels ?? levelsOfRecord(input), input.unit)
  const { severity, warnings: severityWarnings } = severityOrWarning(input, overall.velocityRmsMmPerS)
  const { bearing: geometry } = input
  const stretches: readonly VibrationStretch[] = [input, ...(input.whole?.others ?? [])]
  const sound = stretches.map((stretch) => ({ ...stretch, ...soundPart(stretch.samples, input) }))
  const bearing =
    geometry === null
      ? null
      : majorityDiagnosis(
          sound.map(({ samples, shaftSpeedRpm = input.shaftSpeedRpm }) => diagnoseBearing({ ...input, samples, shaftSpeedRpm, geometry })),
        )
  const machine = stretches.map((stretch) => findMachineFaults(machineRecord(input, stretch)))
  const impulses = impulsesFinding(input, { stretches: sound, bearing, levels: overall })
  return {
    schema: 'chatterfix/vibration/1',
    file: input.file,
    channel: input.channel,
    sampleRateHz: input.sampleRateHz,
    durationS: input.whole?.durationS ?? input.samples.length / input.sampleRateHz,
    shaftSpeedRpm: input.shaftSpeedRpm,
    overall,
    severity,
    bearing,
    findings: [
      ...findingsOf(severity, bearing, overall.velocityRmsMmPerS),
      ...majorityFindings(impulses.found),
      ...majorityFindings(machine.map(({ findings }) => findings)),
    ].sort((a, b) => RANK[a.severity] - RANK[b.severity]),
    notJudged: machine[0]?.notJudged ?? [],
    warnings: [
      ...(input.notes ?? []),
      ...new Set(stretches.flatMap(({ samples }) => inspectSignal(samples, input)).map(({ text }) => text)),
      ...levelWarnings,
      ...severityWarnings,
      ...bearingWarnings(input, bearing),
      ...new Set(sound.flatMap(({ notes }) => notes)),
      ...impulses.notes,
      ...new Set(machine.flatMap(({ warnings }) => warnings)),
    ],
  }
}

function severityOrWarning(
  { machine, shaftSpeedRpm }: VibrationInput,
  velocityRmsMmPerS: number | null,
): { readonly severity: Severity | null; readonly warnings: readonly string[] } {
  const none = (why: string) => ({ severity: null, warnings: [`no ISO 20816-3 zone: ${why}`] })
  if (velocityRmsMmPerS === null) return none('there is no velocity RMS')
  const { ratedPowerKw, isoGroup, support } = machine ?? {}
  if ((ratedPowerKw === undefined && isoGroup === undefined) || support === undefined) {
    const missing = [
      ratedPowerKw === undefined && isoGroup === undefined ? 'rated power (--power KW)' : '',
      support === undefined ? 'support (--support rigid|flexible)' : '',
    ]
    return none(`${missing.filter((part) => part !== '').join(' and ')} not stated`)
  }
  if (shaftSpeedRpm !== null && shaftSpeedRpm < SLOW_RPM) return none(`below ${SLOW_RPM} rpm the standard asks for a band from 2 Hz`)
  const severity = severityOf(velocityRmsMmPerS, { ratedPowerKw, isoGroup, support })
  return severity ? { severity, warnings: [] } : none(`it does not cover a machine of ${ratedPowerKw} kW`)
}

function bearingWarnings(input: VibrationInput, bearing: BearingDiagnosis | null): string[] {
  if (!bearing) return ["no bearing verdict: the geometry is not stated, e.g. --bearing 'n=9,d=7.94,D=39.04,angle=0'"]
  const warnings: string[] = []
  if (input.shaftSpeedRpm === null && bearing.estimatedSpeedRpm !== null)
    warnings.push('the shaft speed is not stated; the bearing verdict rests on the one found in the record')
  if (bearing.verdict === 'uncertain') warnings.push(`the bearing verdict is uncertain: ${bearing.reason}`)
  if (bearing.speedPlausible === false)
    warnings.push('the stated shaft speed contradicts the record; the verdict rests on the speed found in it')
  return warnings
}

function findingsOf(severity: Severity | null, bearing: BearingDiagnosis | null, velocityRmsMmPerS: number | null): VibrationFinding[] {
  const findings: VibrationFinding[] = []
  if (bearing && bearing.verdict !== 'healthy' && bearing.verdict !== 'uncertain') {
    findings.push({ code: `bearing-${bearing.verdict}`, severity: 'fault', evidence: bearing.reason })
  }
  if (severity && (severity.zone === 'C' || severity.zone === 'D')) {
    findings.push({
      code: `severity-zone-${severity.zone.toLowerCase()}`,
      severity: severity.zone === 'D' ? 'fault' : 'warning',
      evidence: `${(velocityRmsMmPerS ?? 0).toPrecision(3)} mm/s RMS in 10–1000 Hz; group ${severity.group}, ${severity.support}: ${severity.boundariesMmPerS.join('/')} mm/s`,
    })
  }
  if (bearing?.speedPlausible === false && bearing.estimatedSpeedRpm !== null) {
    findings.push({
      code: 'speed-implausible',
      severity: 'warning',
      evidence: `harmonics of ${bearing.estimatedSpeedRpm.toFixed(0)} rpm stand in the record, those of the stated speed do not`,
    })
  }
  return findings
}
