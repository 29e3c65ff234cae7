import { describe, expect, it } from 'vitest'
import { dropouts } from '../../../src/analysis/conditioning/dropouts.js'
import { hasMeasured, measuredRecords } from '../measured-records.js'
import { seededNoise } from '../seeded-noise.js'

const RATE = 12_800
const COUNT = 128_000

const machine = (seed: number) => seededNoise(seed, COUNT).map((x, k) => Math.sin((2 * Math.PI * 49.3 * k) / RATE) + 0.3 * x)

const quantised = (samples: Float64Array, step: number) => samples.map((x) => step * Math.round(x / step))

/** Bursts of 50 … 300 samples, one in each of `bursts` equal stretches. */
function interrupted(samples: Float64Array, seed: number, { bursts, held }: { bursts: number; held: 'zero' | 'held' }) {
  const chance = seededNoise(seed + 1000, 2 * bursts).map((x) => Math.abs(Math.sin(1000 * x)))
  const stretch = Math.floor(samples.length / bursts)
  let lost = 0
  for (let b = 0; b < bursts; b++) {
    const length = 50 + Math.floor(250 * (chance[2 * b] ?? 0))
    const at = b * stretch + 10 + Math.floor((stretch - length - 20) * (chance[2 * b + 1] ?? 0))
    samples.fill(held === 'zero' ? 0 : (samples[at] ?? 0), at, at + length)
    lost += length
  }
  return { samples, lost }
}

describe('intermittent dropouts', () => {
  it('are found and counted however many there are: 1, 20 and 100 bursts of zeros or of a held value', () => {
    for (let seed = 1; seed <= 2; seed++) {
      const plain = machine(seed)
      for (const bursts of [1, 20, 100]) {
        for (const held of ['zero', 'held'] as const) {
          for (const step of [1e-9, 2 ** -15, 2 ** -11]) {
            const { samples, lost } = interrupted(quantised(plain, step), seed, { bursts, held })
            const [defect] = dropouts(samples, RATE)
            expect({ seed, step, defect }).toMatchObject({ seed, step, defect: { kind: 'dropout', value: held, runs: bursts } })
            // A neighbour may happen to lie on the value held.
            expect(Math.abs((defect?.kind === 'dropout' ? defect.samples : 0) - lost)).toBeLessThan(8)
          }
        }
      }
    }
  })

  it('are not seen where a slow or coarse signal repeats itself: crests that swell, square waves, held updates, bursts between silence', () => {
    for (let seed = 1; seed <= 2; seed++) {
      const noise = seededNoise(seed, COUNT)
      for (const hz of [0.3, 1, 3, 5, 10, 100]) {
        const swelling = noise.map((_, k) => (1 + 0.3 * Math.sin((seed * k) / 30_000)) * Math.sin((2 * Math.PI * hz * k) / RATE))
        for (const bits of [8, 12, 16])
          expect({ hz, bits, found: dropouts(quantised(swelling, 2 ** (1 - bits)), RATE) }).toMatchObject({ found: [] })
      }
      expect(
        dropouts(
          noise.map((_, k) => noise[Math.floor(k / 10)] ?? 0),
          RATE,
        ),
      ).toEqual([])
      expect(
        dropouts(
          noise.map((_, k) => Math.round(2 * (noise[Math.floor(k / 40)] ?? 0))),
          RATE,
        ),
      ).toEqual([])
      expect(
        dropouts(
          noise.map((x, k) => (k % 1000 < 300 ? x : 0)),
          RATE,
        ),
      ).toEqual([])
      for (const bits of [8, 10, 12]) expect(dropouts(quantised(noise, 5 * 2 ** (1 - bits)), RATE)).toEqual([])
    }
  })

  it.skipIf(!hasMeasured)('are in none of the measured records', () => {
    expect([...measuredRecords()].flatMap(({ samples }) => dropouts(samples, RATE))).toEqual([])
  })
})
