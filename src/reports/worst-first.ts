import type { VibrationAssessment } from '../analysis/vibration/assessment.js'

/** A channel of a batch, or a file that gave none. */
export type Reported =
  | { readonly path: string; readonly assessment: VibrationAssessment; readonly plots?: readonly string[] }
  /** In words why not. `plots` above: spectra as groups of SVG, each one chart high. */
  | { readonly path: string; readonly failure: string }

const GRADES = { fault: 3, warning: 2, note: 1 } as const
const ZONES = { A: 0, B: 1, C: 2, D: 3 } as const

/** Worst first: faults before warnings, the worse zone, more findings, the faster velocity; what failed comes behind what is wrong. */
export function worstFirst(reported: readonly Reported[]): Reported[] {
  return reported.toSorted((a, b) => {
    const [left, right] = [rankOf(a), rankOf(b)]
    for (const [k, value] of left.entries()) if (value !== right[k]) return (right[k] ?? 0) - value
    return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
  })
}

function rankOf(each: Reported): readonly number[] {
  // A file that nobody could look at, or a sensor that says nothing, is worse than one that is well, and better than one that is not.
  if ('failure' in each) return [1.5, 0, 0, 0]
  const { findings, severity, overall } = each.assessment
  const isStuck = overall.crestFactor === null
  if (isStuck && findings.length === 0) return [1.5, 0, 0, 0]
  const grade = Math.max(0, ...findings.map((finding) => GRADES[finding.severity]))
  const count = findings.filter((finding) => GRADES[finding.severity] === grade).length
  return [grade, severity === null ? 0 : ZONES[severity.zone], count, overall.velocityRmsMmPerS ?? 0]
}

/** Whether somebody will want to see why. */
export function isWorthDrawing(each: Reported): boolean {
  return 'assessment' in each && each.assessment.findings.some(({ severity }) => severity !== 'note')
}
