import { describe, expect, it } from 'vitest'
import { diagnoseBearing } from '../../../src/analysis/bearing/diagnose-bearing.js'
import type { BearingFault } from '../../../src/analysis/bearing/fault-pattern.js'
import { lookAtMultiples, seenAtMultiplesHz } from '../../../src/analysis/bearing/look-at-multiples.js'
import { preWhitenedView, rangeAndQuarters } from '../../../src/analysis/bearing/pre-whitened-views.js'
import { removeMean } from '../../../src/analysis/spectrum/detrend.js'
import { realSpectrum } from '../../../src/analysis/spectrum/real-spectrum.js'
import { bearingSignal } from '../../synthetic/bearing-signal.js'
import type { HealthyMachine } from '../../synthetic/healthy-machine.js'

const FAULTS: readonly BearingFault[] = ['outer-race', 'inner-race', 'ball', 'cage']
const STATED = [1 / 3, 1 / 2, 2, 3]

function record(seed: number, fault: BearingFault | null, machine?: HealthyMachine) {
  return bearingSignal({
    seed,
    fault,
    ...(machine ? { machine } : {}),
    signalToNoiseDb: -8,
    shaftHz: 20 + ((seed * 3.1) % 15),
    durationS: 2,
  })
}

/** What fits elsewhere, of a machine that shows nothing of its shaft. */
function elsewhere(seed: number, fault: BearingFault | null, stated: number) {
  const { samples, sampleRateHz, shaftSpeedRpm, geometry } = record(seed, fault, 'coloured')
  const shaftHz = (stated * shaftSpeedRpm) / 60
  const maxHz = seenAtMultiplesHz(geometry, shaftHz)
  const spectrum = realSpectrum(removeMean(samples))
  const views = rangeAndQuarters(sampleRateHz).map((named) => preWhitenedView(spectrum, named, { sampleRateHz, maxHz, reachHz: shaftHz }))
  const found = lookAtMultiples(views, { geometry, shaftHz })
  return found && { fault: found.fault, multiple: (found.shaftHz * 60) / shaftSpeedRpm }
}

describe('a fault at a multiple of the stated speed', () => {
  it('is found at the true one where the stated one is half or a third of it', () => {
    for (const fault of ['outer-race', 'inner-race'] as const) {
      for (const stated of [1 / 2, 1 / 3]) {
        const found = elsewhere(7_800_001, fault, stated)
        expect(found?.fault).toBe(fault)
        expect(found?.multiple).toBeCloseTo(1, 9)
      }
    }
  })

  it.each([...FAULTS, null])('is not found at the right speed (%s)', (fault) => {
    for (let seed = 7_810_000; seed < 7_810_005; seed++) expect(elsewhere(seed, fault, 1)).toBeNull()
  })
})

describe('a stated speed of a third, half, double or triple', () => {
  it('names a wrong fault without a word about the speed in at most one of twelve diagnoses', { timeout: 60_000 }, () => {
    const wrong: string[] = []
    let diagnoses = 0
    for (const fault of FAULTS) {
      for (let k = 0; k < 3; k++) {
        const signal = record(7_820_000 + 10 * k + FAULTS.indexOf(fault), fault)
        for (const stated of STATED) {
          const { verdict, speedPlausible } = diagnoseBearing({ ...signal, shaftSpeedRpm: signal.shaftSpeedRpm * stated })
          diagnoses++
          if (speedPlausible && verdict !== fault && verdict !== 'healthy' && verdict !== 'uncertain')
            wrong.push(`${fault} × ${stated.toFixed(2)}: ${verdict}`)
        }
      }
    }
    expect(diagnoses).toBe(48)
    // 9 of 384 on the records that were counted (README.md).
    expect(wrong.length).toBeLessThanOrEqual(4)
  })
})
