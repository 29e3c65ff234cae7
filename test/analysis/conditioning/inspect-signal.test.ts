import { describe, expect, it } from 'vitest'
import { inspectChannels, inspectSignal } from '../../../src/analysis/conditioning/inspect-signal.js'
import { seededNoise } from '../seeded-noise.js'

const RATE = 5000

function kinds(samples: Float64Array): readonly string[] {
  return inspectSignal(samples, { sampleRateHz: RATE }).map(({ kind }) => kind)
}

const quantised = (samples: Float64Array, step: number) => samples.map((x) => step * Math.round(x / step))

describe('an inspected signal', () => {
  it('that is sound has no defect: noise, tones, both in coarse steps, 80 seeds', () => {
    const found = new Map<string, readonly string[]>()
    for (let seed = 1; seed <= 80; seed++) {
      const noise = seededNoise(seed, 20_000)
      const hz = 1 + 4 * seed
      const tone = noise.map((x, k) => Math.sin((2 * Math.PI * hz * k) / RATE) + 0.001 * x)
      const pure = noise.map((_, k) => Math.sin((2 * Math.PI * hz * k) / RATE))
      for (const [name, samples] of Object.entries({
        noise,
        tone,
        steppedNoise: quantised(noise, 0.1),
        steppedTone: quantised(tone, 0.05),
        steppedPure: quantised(pure, 0.01),
      })) {
        const defects = kinds(samples)
        if (defects.length > 0) found.set(`${name} ${seed}`, defects)
      }
    }
    expect([...found]).toEqual([])
  })

  it('says how many samples are clipped, and on which side', () => {
    const noise = seededNoise(7, 10_000)
    // Slow enough that what is beyond the limit stands side by side.
    const slow = noise.map((_, k) => Math.sin(k / 40) + 1e-3 * (noise[k] ?? 0))
    const clipped = slow.map((x) => Math.min(x, 0.999))
    const [defect, ...rest] = inspectSignal(clipped, { sampleRateHz: RATE })
    expect(rest).toEqual([])
    expect(defect).toMatchObject({ kind: 'clipped', side: 'upper', limit: 0.999, samples: clipped.filter((x) => x === 0.999).length })
    expect(defect?.text).toMatch(/^clipped \d+ samples at the top, 0\.9990, first at \d/)
  })

  it('finds dropouts, zeros apart from held values', () => {
    const noise = seededNoise(3, 10_000)
    noise.fill(0, 1000, 1040)
    noise.fill(noise[4000] ?? 0, 4000, 4025)
    expect(inspectSignal(noise, { sampleRateHz: RATE })).toMatchObject([
      { kind: 'dropout', value: 'zero', runs: 1, samples: 40, firstAtS: 0.2 },
      { kind: 'dropout', value: 'held', runs: 1, samples: 25, firstAtS: 0.8 },
    ])
  })

  it('that never moves is stuck; one with holes says where', () => {
    expect(kinds(new Float64Array(100).fill(2.5))).toEqual(['stuck'])
    expect(inspectSignal(Float64Array.of(1, 2, Number.NaN, 4), { sampleRateHz: 1 })).toMatchObject([
      { kind: 'not-finite', samples: 1, firstAtS: 2 },
    ])
  })

  it('names mains lines by frequency and order, and keeps quiet about a shaft that wanders at nearly their speed', () => {
    const noise = seededNoise(5, 12 * RATE)
    const hum = noise.map(
      (x, k) => x + [1, 3, 5, 7].reduce((sum, n) => sum + (0.5 / n) * Math.sin((2 * Math.PI * 50.02 * n * k) / RATE), 0),
    )
    expect(inspectSignal(hum, { sampleRateHz: RATE })).toMatchObject([{ kind: 'mains-lines', orders: [1, 3, 5, 7] }])
    expect(inspectSignal(hum, { sampleRateHz: RATE })[0]?.text).toContain(
      'lines at multiples of 50.02 Hz, as the mains of 50 Hz makes them (orders 1',
    )
    let phase = 0
    const shaft = noise.map((x, k) => {
      phase += (2 * Math.PI * 49.8 * (1 + 0.004 * Math.sin(k / RATE))) / RATE
      return x + [1, 2, 3, 4].reduce((sum, n) => sum + (1 / n) * Math.sin(n * phase), 0)
    })
    expect(kinds(shaft)).toEqual([])
  })

  it('finds copies: exact, or scaled and late; not two tones alike, nor two sensors with noise of their own', () => {
    const noise = seededNoise(9, 5000)
    const late = noise.map((_, k) => -2.5 * (noise[k - 17] ?? 0))
    const copiesOf = (first: Float64Array, second: Float64Array) =>
      inspectChannels(
        [
          { name: 'x', samples: first },
          { name: 'y', samples: second },
        ],
        { sampleRateHz: RATE },
      ).copies
    expect(copiesOf(noise, noise.slice())).toMatchObject([{ match: 'exact', channels: ['x', 'y'] }])
    const [scaled] = copiesOf(noise, late)
    expect(scaled).toMatchObject({ match: 'scaled', lagSamples: 17 })
    expect(scaled?.kind === 'copies' ? scaled.scale : 0).toBeCloseTo(-2.5, 2)
    const tone = (phase: number) => noise.map((_, k) => Math.sin(0.1 * k + phase))
    expect(copiesOf(tone(0), tone(1))).toEqual([])
    const own = seededNoise(10, 5000)
    expect(
      copiesOf(
        noise,
        noise.map((x, k) => x + 0.05 * (own[k] ?? 0)),
      ),
    ).toEqual([])
  })
})
