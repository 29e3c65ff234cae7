import { describe, expect, it } from 'vitest'
import { assessVibration } from '../../src/analysis/vibration/assess.js'
import type { VibrationInput } from '../../src/analysis/vibration/assessment.js'
import { kurtogramAnswer } from '../../src/analysis/vibration/kurtogram-answer.js'
import { vibrationPage, vibrationPicture } from '../../src/reports/vibration-page.js'
import { syntheticRecord } from '../analysis/synthetic-bearing.js'
import { BEARING_6205 } from '../synthetic/bearing-signal.js'

const HOSTILE = `"><script>alert(1)</script>\u202e&'\u0000<img src=x onerror=y>`

function reported(overrides: Partial<VibrationInput>) {
  const input: VibrationInput = {
    file: HOSTILE,
    channel: HOSTILE,
    samples: syntheticRecord({ fault: 'outer-race', seed: 5, durationS: 2 }),
    sampleRateHz: 25_600,
    unit: 'g',
    shaftSpeedRpm: 1482,
    bearing: { ...BEARING_6205, name: HOSTILE },
    machine: { ratedPowerKw: 55, support: 'rigid' },
    notes: [HOSTILE],
    ...overrides,
  }
  return { input, assessment: assessVibration(input), kurtogram: input.samples.length < 1000 ? null : kurtogramAnswer(input) }
}

const provenance = { tool: 'chatterfix 0', target: HOSTILE, parameters: [HOSTILE], madeAt: '2026-11-22T00:00:00.000Z' }

describe('a report', () => {
  it('holds hostile names as text, asks nobody for anything, and shows plots, lines and where it comes from', () => {
    const page = vibrationPage(reported({}), provenance)
    expect(page).not.toMatch(/<script|<img|onerror=y>|\u202e|\u0000/)
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import|<(?:img|link|iframe|object|script)/)
    expect(page).toContain('&lt;script&gt;')
    for (const title of ['Waveform', 'Spectrum', 'Envelope spectrum', 'Kurtogram', 'ISO 20816-3 zone', 'BPFO', 'Findings', 'made by'])
      expect(page).toContain(title)
    expect(page).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('as a picture is one SVG whose tags are closed', () => {
    const picture = vibrationPicture(reported({}))
    const opened = [...picture.matchAll(/<([a-z]+)[^>]*?(\/?)>/g)].filter(([, , closed]) => closed === '').length
    expect(opened).toBe([...picture.matchAll(/<\/[a-z]+>/g)].length)
    expect(picture).not.toMatch(/NaN|undefined/)
  })

  it('of a record that says little has what there is', () => {
    const page = vibrationPage(
      reported({ samples: new Float64Array(200), unit: null, bearing: null, machine: null, shaftSpeedRpm: null }),
      provenance,
    )
    expect(page).toContain('Waveform')
    expect(page).not.toMatch(/NaN|undefined|Infinity/)
  })
})
