import { MACHINE_FAULTS } from '../rotating/machine-fault.js'
import type { VibrationAssessment } from './assessment.js'

/** What an assessment leaves open. */
export interface OpenQuestions {
  /** What could not be judged, each with its reason. */
  readonly notJudged: readonly string[]
  /** What would have to be known. */
  readonly needed: readonly string[]
  /** Whether more was left open than was judged. */
  readonly isMost: boolean
}

/** What was not judged, and what it would take: that nothing was found means little without it. */
export function openQuestions({ bearing, severity, notJudged, shaftSpeedRpm }: VibrationAssessment): OpenQuestions {
  const isBearingOpen = bearing === null || bearing.band === null
  const reasons = [...Map.groupBy(notJudged, ({ why }) => why)]
  const isSpeedAsked = shaftSpeedRpm === null && (notJudged.length > 0 || isBearingOpen)
  const parts = MACHINE_FAULTS.length + 2
  const open = notJudged.length + (isBearingOpen ? 1 : 0) + (severity === null ? 1 : 0)
  return {
    notJudged: [
      ...(isBearingOpen ? [`the bearing (${bearing === null ? 'its geometry is not stated' : bearing.reason})`] : []),
      ...reasons.map(([why, rules]) => `${rules.length} of ${MACHINE_FAULTS.length} faults of machines (${why})`),
      ...(severity === null ? ['the ISO 20816-3 zone'] : []),
    ],
    needed: [
      ...(isSpeedAsked ? ['the shaft speed (--speed RPM, or speed_sensor in the site file)'] : []),
      ...(bearing === null ? ['the bearing (--bearing DESIGNATION)'] : []),
      ...(severity === null ? ['power and support (--power KW --support rigid)'] : []),
    ],
    isMost: 2 * open > parts,
  }
}

/** What to say where there is no finding. */
export function nothingFound(assessment: VibrationAssessment): string {
  const { notJudged, needed, isMost } = openQuestions(assessment)
  if (notJudged.length === 0) return 'Nothing worth acting on was found.'
  const head = isMost ? 'Most was not judged, so this is no clean bill' : 'Nothing worth acting on was found in what could be judged'
  const take = needed.length === 0 ? '' : ` What it takes: ${needed.join('; ')}.`
  return `${head}. Not judged: ${notJudged.join('; ')}.${take}`
}
