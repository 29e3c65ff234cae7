import { describe, expect, it } from 'vitest'
import type { VibrationInput } from '../../../src/analysis/vibration/assessment.js'
import { bearingLineRatio } from '../../../src/analysis/vibration/bearing-line-ratio.js'
import { mapByOrder } from '../../../src/analysis/vibration/order-answer.js'
import { shockAnswer } from '../../../src/analysis/vibration/shock-answer.js'
import { spectrumAnswer } from '../../../src/analysis/vibration/spectrum-answer.js'
import { waterfall } from '../../../src/analysis/vibration/spectrum-map.js'
import { transferAnswer } from '../../../src/analysis/vibration/transfer-answer.js'
import { BEARING_6205 } from '../../synthetic/bearing-signal.js'
import { gaussian, seededRandom } from '../../synthetic/seeded-random.js'
import { AMPLITUDES, ORDERS, RUN_UP_RATE_HZ, runUp } from '../orders/run-up.js'
import { syntheticRecord } from '../synthetic-bearing.js'

const random = seededRandom(11)
const noise = (count: number) => Float64Array.from({ length: count }, () => gaussian(random))

function inputOf(samples: Float64Array, sampleRateHz: number, more: Partial<VibrationInput> = {}): VibrationInput {
  return { file: 'x.wav', channel: 'ch1', samples, sampleRateHz, unit: 'g', shaftSpeedRpm: null, bearing: null, machine: null, ...more }
}

const ONE = { resolutionHz: undefined, band: undefined, peaks: 10 } as const

describe('orders of a run-up', () => {
  const { samples, tacho } = runUp()
  const by = (more: Partial<VibrationInput>) => inputOf(samples, RUN_UP_RATE_HZ, more)

  it.each([
    ['the tacho', { tacho: { samples: tacho, sampleRateHz: RUN_UP_RATE_HZ, pulsesPerRevolution: 1 } }, 'tacho'],
    ['the record itself', { speedRangeRpm: { low: 500, high: 2700 } }, 'signal'],
  ] as const)('by %s have their amplitudes', (_, more, source) => {
    const { values, step, speed } = spectrumAnswer(by(more), { ...ONE, kind: 'order' })
    expect(speed?.source).toBe(source)
    expect(speed?.meanRpm).toBeCloseTo(1500, -2)
    const found = ORDERS.map((order) => Math.max(...values.slice(Math.round(order / step) - 1, Math.round(order / step) + 2)))
    for (const [k, amplitude] of AMPLITUDES.entries()) expect((found[k] ?? 0) / amplitude).toBeCloseTo(1, 1)
  })

  it('stand still in the map while the speed beside it rises', () => {
    const { values, step, shaftSpeedRpm } = mapByOrder(
      by({ tacho: { samples: tacho, sampleRateHz: RUN_UP_RATE_HZ, pulsesPerRevolution: 1 } }),
    )
    for (const row of values) expect((row[Math.round(4 / step)] ?? 0) / Math.SQRT2).toBeCloseTo(1, 1)
    expect([...(shaftSpeedRpm ?? [])]).toEqual([...(shaftSpeedRpm ?? [])].sort((a, b) => a - b))
  })

  it('are refused where nothing tells a speed, with the flags that would', () => {
    expect(() => spectrumAnswer(by({}), { ...ONE, kind: 'order' })).toThrow('--tacho')
  })
})

describe('a cepstrum', () => {
  it('shows an echo at its delay, and in noise alone nothing', () => {
    const plain = noise(2 ** 16)
    expect(spectrumAnswer(inputOf(plain, 10_000), { ...ONE, kind: 'cepstrum' }).peaks).toEqual([])
    const echoed = plain.map((value, k) => value + 0.5 * (plain[k - 123] ?? 0))
    const [peak] = spectrumAnswer(inputOf(echoed, 10_000), { ...ONE, kind: 'cepstrum' }).peaks
    expect(peak?.at).toBeCloseTo(0.0123, 9)
    // ln|1 + a·e^(−iωτ)| = a·cos ωτ − …: the first cepstral line is a/2.
    expect(peak?.amplitude).toBeCloseTo(0.25, 1)
  })

  it('names the shaft by the period of its harmonics', () => {
    const shaftHz = 25
    const train = noise(2 ** 16).map((value, k) => 0.3 * value + (k % 400 === 0 ? 8 : 0))
    const { peaks } = spectrumAnswer(inputOf(train, 10_000, { shaftSpeedRpm: 60 * shaftHz }), { ...ONE, kind: 'cepstrum' })
    expect(peaks.find(({ at }) => Math.abs(at - 1 / shaftHz) < 1e-9)?.names).toEqual(['1×'])
    expect(peaks.find(({ at }) => Math.abs(at - 2 / shaftHz) < 1e-9)?.names).toEqual(['2 periods of 1×'])
  })
})

describe('a zoomed spectrum', () => {
  it('tells lines apart that lie two resolutions from each other, with frequency and amplitude', () => {
    const rate = 1000
    const samples = Float64Array.from(
      { length: 20 * rate },
      (_, k) => Math.sin((2 * Math.PI * 99.93 * k) / rate) + 0.5 * Math.sin((2 * Math.PI * 100.17 * k) / rate),
    )
    const { values, start, step } = spectrumAnswer(inputOf(samples, rate), { ...ONE, kind: 'amplitude', zoom: { lowHz: 95, highHz: 105 } })
    const at = (hz: number) => values[Math.round((hz - start) / step)] ?? 0
    expect(start).toBe(95)
    expect(at(99.93)).toBeCloseTo(1, 1)
    expect(at(100.17)).toBeCloseTo(0.5, 1)
    expect(at(100.05)).toBeLessThan(0.3)
  })

  it('is refused of kinds that have none', () => {
    expect(() => spectrumAnswer(inputOf(noise(5000), 1000), { ...ONE, kind: 'psd', zoom: { lowHz: 1, highHz: 2 } })).toThrow('not zoomed')
  })
})

it('a waterfall holds the mean square of the record in every row, whatever was averaged into it', () => {
  const map = waterfall(inputOf(noise(600_000), 1000), undefined)
  expect(map.values.length).toBeLessThanOrEqual(240)
  expect(map.timeS.at(-1)).toBeLessThan(600)
  const power = map.values.map((row) => row.reduce((sum, density) => sum + density * map.step, 0))
  for (const rowPower of power) expect(rowPower).toBeCloseTo(1, 0)
  expect(power.reduce((sum, value) => sum + value, 0) / power.length).toBeCloseTo(1, 1)
})

describe('shock response', () => {
  const rate = 10_000
  const record = (offset: number) => {
    const samples = noise(20 * rate).map((value) => 0.05 * value + offset)
    for (const [start, peak] of [
      [5, 50],
      [12, 20],
    ] as const)
      for (let k = 0; k < 110; k++) samples[start * rate + k] = (samples[start * rate + k] ?? 0) + peak * Math.sin((Math.PI * k) / 110)
    return samples
  }

  it('is that of each shock of a long record, strongest first, whatever the offset: a half sine without damping gives 1.77 times its peak', () => {
    for (const offset of [0, 9.8]) {
      const { shocks, of } = shockAnswer(inputOf(record(offset), rate), { damping: 0, band: undefined })
      expect(of).toBe('events')
      expect(shocks.map(({ startS }) => Math.round(startS))).toEqual([5, 12])
      // Half-sine pulse of 11 ms: the highest response, 1.77 of the peak, is near 0.8/11 ms.
      expect(Math.max(...(shocks[0]?.maximax ?? [])) / 50).toBeCloseTo(1.77, 1)
      expect(Math.max(...(shocks[1]?.maximax ?? [])) / 20).toBeCloseTo(1.77, 1)
    }
  })

  it('of a record that runs on is that of all of it, and says so; of a velocity it is refused', () => {
    const steady = shockAnswer(inputOf(noise(5 * rate), rate), { damping: 0.05, band: undefined })
    expect(steady.of).toBe('record')
    expect(steady.warnings.join()).toContain('no shock stands out')
    expect(() => shockAnswer(inputOf(noise(5 * rate), rate, { unit: 'mm/s' }), { damping: 0.05, band: undefined })).toThrow('acceleration')
  })
})

describe('a transfer function', () => {
  it('of a filter of two taps is that filter, with coherence 1; of a stranger it is chance', () => {
    const driving = noise(200_000)
    const samples = driving.map((value, k) => 0.5 * value + 0.25 * (driving[k - 1] ?? 0))
    const reference = { channel: 'in', samples: driving, unit: 'g' }
    const answer = transferAnswer(inputOf(samples, 1000, { reference }), { kind: 'transfer', resolutionHz: 1, peaks: 3 })
    // |0.5 + 0.25·e^(−iω)| at a quarter of the rate is √(0.25 + 0.0625).
    expect(answer.magnitude[250]).toBeCloseTo(Math.sqrt(0.3125), 3)
    expect(answer.phaseDeg[250]).toBeCloseTo((-Math.atan(0.5) * 180) / Math.PI, 0)
    expect(answer.coherence[250]).toBeCloseTo(1, 3)
    const stranger = transferAnswer(inputOf(noise(200_000), 1000, { reference }), { kind: 'coherence', resolutionHz: 1, peaks: 100 })
    expect(stranger.coherence.filter((value) => value > stranger.coherenceByChance).length).toBeLessThan(20)
    expect(() => transferAnswer(inputOf(samples, 1000), { kind: 'transfer', resolutionHz: undefined, peaks: 3 })).toThrow(
      'between two channels',
    )
  })
})

it('the lines of a damaged race stand over the noise as those of a healthy one do not', () => {
  const ratioOf = (fault: 'outer-race' | null, line: 'bpfo' | 'bpfi') =>
    bearingLineRatio(syntheticRecord({ fault, seed: 4, slip: 0.02 }), {
      sampleRateHz: 25_600,
      line,
      bearing: BEARING_6205,
      shaftSpeedRpm: 24.7 * 60,
    })
  const [damaged, healthy, other] = [ratioOf('outer-race', 'bpfo'), ratioOf(null, 'bpfo'), ratioOf('outer-race', 'bpfi')]
  expect(healthy).toBeLessThan(8)
  expect(damaged).toBeGreaterThan(2 * Math.max(healthy, other))
})
