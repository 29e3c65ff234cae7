import process from 'node:process'
import { beforeAll, describe, expect, it } from 'vitest'
import { diagnoseBearing } from '../../../src/analysis/bearing/diagnose-bearing.js'
import { hasMeasured, type MeasuredRecord, measuredRecords } from '../measured-records.js'

// Without the public measurements beside the repository there is nothing to test here.
describe.skipIf(!hasMeasured)('measured bearings', () => {
  let results: readonly ReturnType<typeof diagnosed>[] = []
  beforeAll(() => {
    results = [...measuredRecords()].map(diagnosed)
  }, 60_000)

  it('all eight MFPT records get their label as verdict', () => {
    const mfpt = results.filter(({ set }) => set === 'mfpt')
    expect(mfpt.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(mfpt.map(({ name, label }) => `${name} ${label}`))
    expect(mfpt).toHaveLength(8)
  })

  it('at least 17 of the 19 CWRU records that experts could diagnose are ranked right', () => {
    const graded = results.filter(({ grade }) => grade?.startsWith('Y'))
    const right = graded.filter(({ first, label }) => first === label)
    process.stdout.write(`${confusion(results)}\nranked right: ${right.length} of ${graded.length} graded Y\n`)
    expect(graded).toHaveLength(19)
    expect(right.length).toBeGreaterThanOrEqual(17)
  })

  it('no fault is called on the normal record', () => {
    expect(results.filter(({ label }) => label === 'healthy').map(({ verdict }) => verdict)).toEqual(['healthy'])
  })

  it('every stated speed is found plausible', () => {
    expect(results.filter(({ diagnosis }) => diagnosis.speedPlausible !== true).map(({ name }) => name)).toEqual([])
  })

  it('a speed that is 20 % wrong is called so, and the fault is found at the right one all the same', () => {
    for (const record of measuredRecords()) {
      if (!['InnerRaceFault_vload_2', 'OuterRaceFault_vload_1', 'cwru_105_DE', 'cwru_130_DE'].includes(record.name)) continue
      const { speedPlausible, estimatedSpeedRpm, verdict } = diagnoseBearing({ ...record, shaftSpeedRpm: record.shaftSpeedRpm * 1.2 })
      expect(speedPlausible).toBe(false)
      expect(Math.abs((estimatedSpeedRpm ?? 0) / record.shaftSpeedRpm - 1)).toBeLessThan(0.02)
      expect(verdict).toBe(record.label)
    }
  })
})

function diagnosed(record: MeasuredRecord) {
  const diagnosis = diagnoseBearing(record)
  const { name, set, label, grade } = record
  return { name, set, label, grade, verdict: diagnosis.verdict, first: diagnosis.ranking[0]?.fault, diagnosis }
}

function confusion(results: readonly { readonly label: string; readonly verdict: string }[]): string {
  const words = ['healthy', 'outer-race', 'inner-race', 'ball', 'cage', 'uncertain']
  const rows = words.map((label) => {
    const counts = words.map((verdict) => results.filter((result) => result.label === label && result.verdict === verdict).length)
    return `${label.padEnd(12)}${counts.map((count) => String(count).padStart(12)).join('')}`
  })
  return [`${'label'.padEnd(12)}${words.map((word) => word.padStart(12)).join('')}`, ...rows].join('\n')
}
