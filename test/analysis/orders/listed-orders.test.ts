import { describe, expect, it } from 'vitest'
import { orderSpectrum } from '../../../src/analysis/orders/order-spectrum.js'
import { resampleByAngle } from '../../../src/analysis/orders/resample-by-angle.js'
import { steadyPhase } from '../../../src/analysis/orders/shaft-phase.js'
import type { VibrationInput } from '../../../src/analysis/vibration/assessment.js'
import { spectrumAnswer } from '../../../src/analysis/vibration/spectrum-answer.js'
import { gaussian, seededRandom } from '../../synthetic/seeded-random.js'
import { AMPLITUDES, ORDERS, RUN_UP_RATE_HZ } from './run-up.js'

/** From 10 to 40 rotations a second, in as long as one likes. */
function runUpOf(durationS: number, noise: () => number = () => 0): Float64Array {
  return Float64Array.from({ length: durationS * RUN_UP_RATE_HZ + 1 }, (_, k) => {
    const timeS = k / RUN_UP_RATE_HZ
    const turns = 10 * timeS + (15 * timeS * timeS) / durationS
    return ORDERS.reduce((sum, order, n) => sum + (AMPLITUDES[n] ?? 0) * Math.cos(2 * Math.PI * order * turns), noise())
  })
}

function listed(samples: Float64Array, more: Partial<VibrationInput>, peaks: number) {
  return spectrumAnswer(
    {
      file: 'run.wav',
      channel: 'ch1',
      samples,
      sampleRateHz: RUN_UP_RATE_HZ,
      unit: 'm/s²',
      shaftSpeedRpm: null,
      bearing: null,
      machine: null,
      ...more,
    },
    { kind: 'order', resolutionHz: undefined, band: undefined, peaks },
  ).peaks
}

const STRONGEST_FIRST = ORDERS.map((order, k) => ({ order, amplitude: AMPLITUDES[k] ?? 0 })).sort((a, b) => b.amplitude - a.amplitude)

describe('the listed orders of a run-up', { timeout: 30_000 }, () => {
  it.each([
    ['5 s', 5, 0],
    ['60 s', 60, 0],
    ['5 s in noise', 5, 0.2],
    ['20 s in noise', 20, 0.2],
  ] as const)('of %s are the four that were put in, half an order among them, with their amplitudes', (_, durationS, deviation) => {
    const random = seededRandom(9)
    const samples = runUpOf(durationS, () => (deviation === 0 ? 0 : deviation * gaussian(random)))
    const peaks = listed(samples, { speedRangeRpm: { low: 600, high: 2400 } }, 40)
    for (const [k, { order, amplitude }] of STRONGEST_FIRST.entries()) {
      expect(Math.abs((peaks[k]?.at ?? 0) - order), `order ${order}`).toBeLessThan(0.01)
      expect(Math.abs((peaks[k]?.amplitude ?? 0) / amplitude - 1), `order ${order}`).toBeLessThan(0.03)
    }
    // Phase that swings by β costs a line β²/4 of its amplitude and gives it sidebands of β/2: with 3 % those of the strongest are 0.35.
    expect(peaks[4]?.amplitude ?? 0).toBeLessThan(deviation === 0 ? 0.005 : 0.35)
  })
})

describe('an order that lies between two steps', () => {
  it.each([0, 0.1, 0.25, 0.4, 0.5, 0.7, 0.9])('is listed as high as it is, %d steps off', (offset) => {
    const order = 3 + offset / 64
    const samples = Float64Array.from(
      { length: 20 * RUN_UP_RATE_HZ },
      (_, k) => 5 * Math.cos((2 * Math.PI * 25 * order * k) / RUN_UP_RATE_HZ),
    )
    const [peak] = listed(samples, { shaftSpeedRpm: 1500 }, 1)
    expect(Math.abs((peak?.amplitude ?? 0) / 5 - 1)).toBeLessThan(2e-3)
    expect(Math.abs((peak?.at ?? 0) - order)).toBeLessThan(1e-3)
  })
})

it.each([
  [8, 8],
  [41, 40],
  [100, 50],
  [500, 64],
])('%d rotations are taken in segments of %d: half orders lie on a step', (turned, revolutions) => {
  const samples = Float64Array.from({ length: Math.ceil((turned + 1) * 40) }, (_, k) => Math.sin(k))
  const record = resampleByAngle(samples, { sampleRateHz: 1000, phase: steadyPhase(25, (turned + 0.2) / 25) })
  expect(orderSpectrum(record).revolutions).toBe(revolutions)
})
