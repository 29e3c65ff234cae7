import { describe, expect, it } from 'vitest'
import { clippedSamples } from '../../../src/analysis/conditioning/clipped-samples.js'
import { hasMeasured, measuredRecords } from '../measured-records.js'
import { seededNoise } from '../seeded-noise.js'

const RATE = 12_800
const COUNT = 128_000

const found = (samples: Float64Array | Float32Array) => clippedSamples(samples, RATE).map(({ text }) => text.replace(/, .*/, ''))

/** Sine of amplitude 1 and noise of the level given. */
const machine = (seed: number, level: number) =>
  seededNoise(seed, COUNT).map((x, k) => Math.sin((2 * Math.PI * 49.3 * k) / RATE) + level * x)

/** Limited above so that `count` samples lie on the limit. */
function limited(samples: Float64Array, count: number): Float64Array {
  const limit = samples.toSorted().at(-count) ?? 0
  return samples.map((x) => Math.min(x, limit))
}

const quantised = (samples: Float64Array, step: number) => samples.map((x) => step * Math.round(x / step))

describe('samples at a limit that do not stand side by side', () => {
  it('are clipped and counted: 7 of noise, 7 and 70 of noise on a sine, in double and in single precision', () => {
    for (let seed = 1; seed <= 3; seed++) {
      expect(found(limited(seededNoise(seed, COUNT), 7))).toEqual(['clipped 7 samples at the top'])
      expect(found(limited(machine(seed, 0.3), 7))).toEqual(['clipped 7 samples at the top'])
      expect(found(Float32Array.from(limited(machine(seed, 0.1), 70)))).toEqual(['clipped 70 samples at the top'])
    }
  })

  it('are clipped at both ends of a converter of 16 bits', () => {
    const noise = seededNoise(3, COUNT)
    const sorted = noise.toSorted()
    const scale = 32_767 / Math.min(sorted.at(-4) ?? 0, -(sorted[3] ?? 0))
    const counts = noise.map((x) => Math.max(-32_768, Math.min(32_767, Math.round(scale * x))))
    const at = (limit: number) => counts.filter((x) => x === limit).length
    expect(found(counts)).toEqual([`clipped ${at(32_767)} samples at the top`, `clipped ${at(-32_768)} samples at the bottom`])
  })

  it('are no clipping where a sine rests at its crest: in whole periods, nearly so, in steps of 8, 12 and 16 bits, in single precision', () => {
    for (const hz of [1, 10, 49.3, 100, 100.0001, 123.4, 400, 3200, 3200.002]) {
      const sine = new Float64Array(COUNT)
      for (let k = 0; k < COUNT; k++) sine[k] = Math.sin((2 * Math.PI * hz * k) / RATE)
      expect({ hz, found: found(sine) }).toEqual({ hz, found: [] })
      expect({ hz, found: found(Float32Array.from(sine)) }).toEqual({ hz, found: [] })
      for (const bits of [8, 12, 16]) expect({ hz, bits, found: found(quantised(sine, 2 ** (1 - bits))) }).toEqual({ hz, bits, found: [] })
    }
  })

  it('are no clipping in coarse noise, in square waves, in random levels', () => {
    for (let seed = 1; seed <= 3; seed++) {
      const noise = seededNoise(seed, COUNT)
      for (const bits of [8, 10, 12]) {
        expect(found(quantised(noise, 5 * 2 ** (1 - bits)))).toEqual([])
        expect(found(quantised(machine(seed, 0.02), 2 ** (1 - bits)))).toEqual([])
      }
      expect(found(noise.map((x) => Math.floor(2.9 * Math.abs(Math.sin(1e4 * x))) ** 2))).toEqual([])
      expect(found(noise.map((x, k) => Math.sign(Math.sin(k / 50)) + 0.01 * x))).toEqual([])
    }
    expect(found(seededNoise(1, COUNT).map((_, k) => (k % 100 < 50 ? 1 : -1)))).toEqual([])
  })

  it.skipIf(!hasMeasured)('are found in none of the measured records but the one whose both extremes occur four times each', () => {
    const clipped = [...measuredRecords()].filter(({ samples }) => found(samples).length > 0).map(({ name }) => name)
    expect(clipped).toEqual(['cwru_200_DE'])
  })
})
