import type { BearingDiagnosis, BearingVerdict, FaultScore } from '../bearing/diagnosis.js'
import type { VibrationFinding } from './assessment.js'

/** What more than half of the stretches of a record say of the bearing; null where none was asked. */
export function majorityDiagnosis(diagnoses: readonly BearingDiagnosis[]): BearingDiagnosis | null {
  const [first] = diagnoses
  if (first === undefined || diagnoses.length === 1) return first ?? null
  const counts = new Map<BearingVerdict, number>()
  for (const { verdict } of diagnoses) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  const [most, votes] = [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))
  const ranking = meanRanking(diagnoses)
  if (2 * votes <= diagnoses.length) {
    const said = [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ')
    const surest = diagnoses.reduce((best, each) => (each.confidence > best.confidence ? each : best))
    return {
      ...surest,
      ranking,
      verdict: 'uncertain',
      confidence: 0,
      reason: `${diagnoses.length} stretches of the record disagree: ${said}`,
    }
  }
  const agreeing = diagnoses.filter(({ verdict }) => verdict === most).sort((a, b) => b.confidence - a.confidence)
  const middle = agreeing[agreeing.length >> 1] ?? first
  const confidence = (middle.confidence * votes) / diagnoses.length
  return { ...middle, ranking, confidence, reason: `${middle.reason} (${votes} of ${diagnoses.length} stretches agree)` }
}

/** Findings that more than half of the stretches have, with the evidence of the first of them. */
export function majorityFindings(found: readonly (readonly VibrationFinding[])[]): VibrationFinding[] {
  const all = found.flat()
  const codes = [...new Set(all.map(({ code }) => code))]
  return codes.flatMap((code) => {
    const holding = found.filter((findings) => findings.some((finding) => finding.code === code))
    const first = all.find((finding) => finding.code === code)
    return first !== undefined && 2 * holding.length > found.length ? [first] : []
  })
}

function meanRanking(diagnoses: readonly BearingDiagnosis[]): FaultScore[] {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return (diagnoses[0]?.ranking ?? [])
    .map(({ fault }): FaultScore => {
      const scores = diagnoses.flatMap(({ ranking }) => ranking.filter((score) => score.fault === fault))
      return {
        fault,
        score: mean(scores.map(({ score }) => score)),
        log10Chance: mean(scores.map(({ log10Chance }) => log10Chance)),
        slip: mean(scores.map(({ slip }) => slip)),
      }
    })
    .sort((a, b) => b.score - a.score)
}
