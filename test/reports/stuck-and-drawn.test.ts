import { describe, expect, it } from 'vitest'
import { assessVibration } from '../../src/analysis/vibration/assess.js'
import { batchPage } from '../../src/reports/batch-page.js'
import { vibrationPlots } from '../../src/reports/vibration-plots.js'
import { worstFirst } from '../../src/reports/worst-first.js'

const input = { file: 'f', channel: 'c', sampleRateHz: 1000, unit: 'g', shaftSpeedRpm: null, bearing: null, machine: null }
const noise = Float64Array.from({ length: 4096 }, (_, k) => Math.sin(k * k))
const provenance = { tool: 't', target: 'g', parameters: [], madeAt: '2026-11-22' }

describe('what a report draws', () => {
  it('of a stuck channel is no signal but a sentence', () => {
    const stuck = { ...input, samples: new Float64Array(4096).fill(9.81) }
    const [only = '', ...others] = vibrationPlots(stuck, assessVibration(stuck), null)
    expect(others).toEqual([])
    expect(only).toContain('all 4096 samples are 9.81 g')
    expect(only).not.toContain('<path')
  })

  it('puts a channel that says nothing before those that are well', () => {
    const well = { path: 'a', assessment: assessVibration({ ...input, samples: noise }) }
    const stuck = { path: 'b', assessment: assessVibration({ ...input, samples: new Float64Array(4096).fill(9.81) }) }
    expect(well.assessment.findings).toEqual([])
    expect(worstFirst([well, stuck]).map(({ path }) => path)).toEqual(['b', 'a'])
  })

  it('of many channels are spectra of the worst, and how many were left out', () => {
    const moving = { ...input, samples: noise }
    const plain = assessVibration(moving)
    const bad = { ...plain, findings: [{ code: 'x', severity: 'fault' as const, evidence: 'e' }] }
    const plots = vibrationPlots(moving, bad, null)
    const page = batchPage(
      [
        { path: 'a', assessment: bad, plots },
        { path: 'b', assessment: bad },
        { path: 'c', assessment: plain },
      ],
      provenance,
    )
    expect(page.match(/<title|Envelope spectrum/g)).toHaveLength(2)
    expect(page).toContain('Spectra are drawn of 1 of the channels with faults or warnings; of 1 they are left out')
  })
})
