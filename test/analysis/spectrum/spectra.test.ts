import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amplitudeSpectrum } from '../../../src/analysis/spectrum/amplitude-spectrum.js'
import { envelopeOf } from '../../../src/analysis/spectrum/analytic-signal.js'
import { realSpectrum, signalOf } from '../../../src/analysis/spectrum/real-spectrum.js'
import { welchDensity } from '../../../src/analysis/spectrum/welch.js'

const signals = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 300 })

describe('a real transform', () => {
  it('keeps the energy (Parseval) and comes back as it was, at any length', () => {
    fc.assert(
      fc.property(signals, (samples) => {
        const { size, re, im } = realSpectrum(samples)
        const energy = samples.reduce((sum, x) => sum + x * x, 0)
        const spectral = re.reduce((sum, part, k) => sum + (k === 0 || 2 * k === size ? 1 : 2) * (part ** 2 + (im[k] ?? 0) ** 2), 0) / size
        expect(Math.abs(spectral - energy)).toBeLessThanOrEqual(1e-10 * (1 + energy))
        const back = signalOf({ size, re, im })
        expect(Math.max(...samples.map((x, k) => Math.abs(x - (back[k] ?? 0))))).toBeLessThan(1e-9)
      }),
      { seed: 1 },
    )
  })

  it.each([1, 2, 3, 8, 30, 32, 50, 90, 97, 128, 250, 360])('of %d points is the sum that defines it', (n) => {
    const samples = Float64Array.from({ length: n }, (_, k) => Math.sin(k * k + 1))
    const { re, im } = realSpectrum(samples)
    for (let k = 0; k < re.length; k++) {
      let sumRe = 0
      let sumIm = 0
      for (let t = 0; t < n; t++) {
        sumRe += (samples[t] ?? 0) * Math.cos((2 * Math.PI * ((k * t) % n)) / n)
        sumIm -= (samples[t] ?? 0) * Math.sin((2 * Math.PI * ((k * t) % n)) / n)
      }
      expect(Math.hypot((re[k] ?? 0) - sumRe, (im[k] ?? 0) - sumIm)).toBeLessThan(1e-11)
    }
  })

  it.each([90, 94, 128])('of %d points says the same of a signal whatever it transformed before, single precision or double', (n) => {
    const samples = Float32Array.from({ length: n }, (_, k) => Math.sin(k * k + 1))
    const first = realSpectrum(samples)
    realSpectrum(samples.map((x) => 1e6 - x))
    expect(realSpectrum(Float64Array.from(samples))).toEqual(first)
  })
})

describe('levels read off a spectrum', () => {
  const sine = (hz: number) => Float64Array.from({ length: 10_000 }, (_, k) => 3 * Math.sin((2 * Math.PI * hz * k) / 1000))

  it('the density of a sine integrates to half its squared amplitude', () => {
    const { frequencyHz, density } = welchDensity(sine(100.3), { sampleRateHz: 1000, segmentLength: 1000 })
    expect(density.reduce((sum, p) => sum + p, 0) * (frequencyHz[1] ?? 0)).toBeCloseTo(4.5, 1)
  })

  it('a flattop window reads the amplitude of a line between two bins within 0.01 dB', () => {
    const { amplitude } = amplitudeSpectrum(sine(100.05), { sampleRateHz: 1000, window: 'flattop' })
    expect(Math.abs(20 * Math.log10(Math.max(...amplitude) / 3))).toBeLessThan(0.012)
  })

  it('the envelope of a sine is its amplitude', () => {
    expect(Math.max(...envelopeOf(sine(100)).map((x) => Math.abs(x - 3)))).toBeLessThan(1e-9)
  })

  it('fewer samples than one segment are refused', () => {
    expect(() => welchDensity(new Float64Array(10), { sampleRateHz: 1, segmentLength: 11 })).toThrow('fewer than one segment')
  })
})
