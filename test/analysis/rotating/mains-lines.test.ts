import { describe, expect, it } from 'vitest'
import { findMachineFaults } from '../../../src/analysis/rotating/find-machine-faults.js'
import type { MachineDescription } from '../../../src/analysis/rotating/machine-description.js'
import type { MachineFault } from '../../../src/analysis/rotating/machine-fault.js'
import { gaussian, seededRandom } from '../../synthetic/seeded-random.js'

const SAMPLE_RATE_HZ = 6400

/** Lines as given, mm/s at Hz, in a little noise. */
function judged(options: {
  readonly rpm: number
  readonly lines: readonly (readonly [hz: number, mmPerS: number])[]
  readonly machine?: MachineDescription
  readonly direction?: 'axial'
}) {
  const random = seededRandom(11)
  const made = (share: number) =>
    Float64Array.from({ length: 10 * SAMPLE_RATE_HZ }, (_, k) =>
      options.lines.reduce((sum, [hz, mmPerS]) => {
        const turn = (2 * Math.PI * hz * k) / SAMPLE_RATE_HZ
        return sum + share * Math.SQRT2 * mmPerS * 2e-3 * Math.PI * hz * Math.cos(turn + hz)
      }, 0.05 * gaussian(random)),
    )
  const axial = options.direction === 'axial' ? [{ samples: made(1), unit: 'm/s²', direction: 'axial' as const }] : []
  const { findings, notJudged } = findMachineFaults({
    samples: made(1),
    sampleRateHz: SAMPLE_RATE_HZ,
    shaftSpeedRpm: options.rpm,
    unit: 'm/s²',
    direction: 'radial',
    otherChannels: axial,
    machine: options.machine ?? {},
  })
  return {
    codes: findings.map(({ code }) => code),
    whyNot: (rule: MachineFault) => notJudged.find((answer) => answer.rule === rule)?.why,
  }
}

const PICKED_UP = [
  [50, 3],
  [150, 1],
] as const

describe('lines of the mains at an order of the shaft', () => {
  it('are no misalignment where 2× is the mains’ frequency, and the report says why', () => {
    for (const machine of [{}, { lineFrequencyHz: 50 }]) {
      const { codes, whyNot } = judged({ rpm: 1500, lines: PICKED_UP, machine })
      expect(codes).not.toContain('misalignment')
      expect(whyNot('misalignment')).toContain('50 Hz')
    }
    expect(judged({ rpm: 1500, lines: PICKED_UP }).whyNot('misalignment')).toContain('line frequency is not stated')
  })

  it('are the shaft’s where the line frequency is stated to be another', () => {
    expect(judged({ rpm: 1500, lines: PICKED_UP, machine: { lineFrequencyHz: 60 } }).codes).toContain('misalignment')
  })

  it.each([50, 60])('are no unbalance of a two-pole machine at the synchronous speed of %d Hz', (hz) => {
    const { codes, whyNot } = judged({ rpm: 60 * hz, lines: [[hz, 4]] })
    expect(codes).not.toContain('unbalance')
    expect(whyNot('unbalance')).toContain(`${hz} Hz`)
  })

  it('are no bent shaft and no blade pass', () => {
    const bent = judged({ rpm: 3000, lines: [[50, 4]], direction: 'axial' })
    expect(bent.codes).not.toContain('bent-shaft')
    expect(bent.whyNot('bent-shaft')).toContain('50 Hz')
    const fan = judged({ rpm: 1500, lines: [[100, 4]], machine: { blades: 4 } })
    expect(fan.codes).not.toContain('blade-pass')
    expect(fan.whyNot('blade-pass')).toContain('100 Hz')
  })

  it('are no looseness where each harmonic of the shaft is one of the mains', () => {
    const lines = [1, 2, 3, 4, 5, 6, 7, 8].map((order) => [50 * order, 4 / order] as const)
    const { codes, whyNot } = judged({ rpm: 3000, lines })
    expect(codes).not.toContain('looseness')
    expect(whyNot('looseness')).toContain('mains')
    expect(judged({ rpm: 2990, lines }).codes).not.toContain('looseness')
    // At 1440 rpm 5× and 10× are multiples of 60 Hz; the others are the shaft's.
    const loose = [1, 2, 3, 4, 5, 6, 7, 10].map((order) => [24 * order, 4 / order] as const)
    expect(judged({ rpm: 1440, lines: loose }).codes).toContain('looseness')
  })

  it('leave a shaft that slips to be judged', () => {
    const shaftHz = 24.6
    const lines = [1, 2, 3].map((order) => [order * shaftHz, order === 2 ? 3 : 1] as const)
    expect(judged({ rpm: 1476, lines }).codes).toContain('misalignment')
    expect(
      judged({
        rpm: 2960,
        lines: [
          [49.3, 4],
          [98.6, 0.5],
          [147.9, 0.3],
        ],
      }).codes,
    ).toContain('unbalance')
  })

  it('name what would show the speed where it is only stated', () => {
    const { whyNot } = judged({ rpm: 1470, lines: [], machine: { lineFrequencyHz: 50, poles: 4, gears: [{ teeth: 23 }] } })
    for (const rule of ['rotor-bars', 'gear-mesh'] as const) {
      expect(whyNot(rule)).toContain('longer record')
      expect(whyNot(rule)).toContain('tacho')
    }
  })
})
