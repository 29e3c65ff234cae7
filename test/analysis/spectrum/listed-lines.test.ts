import { describe, expect, it } from 'vitest'
import { windowOf } from '../../../src/analysis/spectrum/window.js'
import { windowResponse } from '../../../src/analysis/spectrum/window-response.js'
import type { VibrationInput } from '../../../src/analysis/vibration/assessment.js'
import { spectrumAnswer } from '../../../src/analysis/vibration/spectrum-answer.js'
import { gaussian, seededRandom } from '../../synthetic/seeded-random.js'

const RATE_HZ = 10_000
const SIZE = 10_000
const PEAK = 10
/** Eleven places between two bins. */
const OFFSETS = Array.from({ length: 11 }, (_, k) => k / 10)

function sine(hz: number, count = 4 * SIZE): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => PEAK * Math.sin((2 * Math.PI * hz * k) / RATE_HZ + 0.7))
}

function listed(samples: Float64Array, wishes: Partial<Parameters<typeof spectrumAnswer>[1]>) {
  const input: VibrationInput = {
    file: 'x.wav',
    channel: 'ch1',
    samples,
    sampleRateHz: RATE_HZ,
    unit: 'm/s²',
    shaftSpeedRpm: null,
    bearing: null,
    machine: null,
  }
  const [peak] = spectrumAnswer(input, { kind: 'amplitude', resolutionHz: 1, band: undefined, peaks: 1, ...wishes }).peaks
  if (peak === undefined) throw new TypeError('no line is listed')
  return peak
}

describe('the listed line of a sine, wherever it lies between two bins,', () => {
  it.each(OFFSETS)('has its peak and its frequency, %d bins off', (offset) => {
    const { at, amplitude } = listed(sine(160 + offset), {})
    expect(Math.abs(amplitude / PEAK - 1)).toBeLessThan(5e-4)
    expect(Math.abs(at - 160 - offset)).toBeLessThan(2e-3)
  })

  it.each(OFFSETS)('has the RMS of velocity that algebra gives, at a high and at a low frequency, %d bins off', (offset) => {
    for (const hz of [80 + offset, 12 + offset]) {
      const mmPerS = (1000 * PEAK) / (2 * Math.PI * hz) / Math.SQRT2
      expect(Math.abs(listed(sine(hz), { kind: 'velocity' }).amplitude / mmPerS - 1), `${hz} Hz`).toBeLessThan(2e-3)
    }
  })

  it.each(OFFSETS)('has the density of a Hann window at its middle, %d bins off', (offset) => {
    // A sine of peak A gives A²/2 over the noise bandwidth of a Hann window, 1.5 bins.
    const { amplitude } = listed(sine(160 + offset), { kind: 'psd' })
    expect(Math.abs(amplitude / (PEAK ** 2 / 2 / 1.5) - 1)).toBeLessThan(1e-3)
  })

  it.each(OFFSETS)('has its peak in a zoomed spectrum, with fine steps and with coarse ones, %d steps off', (offset) => {
    const zoom = { lowHz: 100, highHz: 200 }
    for (const resolutionHz of [undefined, 0.25, 0.3]) {
      const step = resolutionHz ?? 1 / 16
      const { at, amplitude } = listed(sine(160 + offset * step), { zoom, resolutionHz })
      expect(Math.abs(amplitude / PEAK - 1), `${step} Hz`).toBeLessThan(2e-3)
      expect(Math.abs(at - 160 - offset * step), `${step} Hz`).toBeLessThan(0.02 * step)
    }
  })
})

it('a line in noise is listed where it is, and noise alone is not listed as more than its highest bin allows', () => {
  const random = seededRandom(3)
  const noise = Float64Array.from({ length: 40 * SIZE }, () => gaussian(random))
  const lined = sine(160.4, noise.length).map((value, k) => value / 10 + (noise[k] ?? 0))
  const { at, amplitude } = listed(lined, {})
  expect(Math.abs(at - 160.4)).toBeLessThan(0.05)
  expect(Math.abs(amplitude - 1)).toBeLessThan(0.03)
  expect(() => listed(noise, {})).toThrow('no line')
})

it.each(['boxcar', 'hann', 'hamming', 'blackman', 'blackmanharris', 'nuttall', 'flattop'] as const)(
  'the response of a %s window is its transform',
  (name) => {
    const weights = windowOf(name, 4096)
    const sum = weights.reduce((total, weight) => total + weight, 0)
    for (const offset of [0, 0.2, 0.5, 1, 1.3, 1.7]) {
      let [re, im] = [0, 0]
      for (const [k, weight] of weights.entries()) {
        re += weight * Math.cos((2 * Math.PI * offset * k) / 4096)
        im += weight * Math.sin((2 * Math.PI * offset * k) / 4096)
      }
      expect(Math.abs(windowResponse(name, offset))).toBeCloseTo(Math.hypot(re, im) / sum, 5)
    }
  },
)
