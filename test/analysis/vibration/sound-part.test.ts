import { describe, expect, it } from 'vitest'
import { diagnoseBearing } from '../../../src/analysis/bearing/diagnose-bearing.js'
import { BEARING_FAULTS } from '../../../src/analysis/bearing/fault-pattern.js'
import { soundPart } from '../../../src/analysis/vibration/sound-part.js'
import { BEARING_6205, bearingSignal } from '../../synthetic/bearing-signal.js'
import { gaussian, seededRandom } from '../../synthetic/seeded-random.js'

const RATE = { sampleRateHz: 12_800 }

/** A healthy machine: 25 Hz in noise. */
function healthy(seed: number, durationS: number): Float64Array {
  const random = seededRandom(seed)
  return Float64Array.from(
    { length: durationS * RATE.sampleRateHz },
    (_, k) => 3 * Math.sin((2 * Math.PI * 25 * k) / RATE.sampleRateHz) + gaussian(random),
  )
}

const diagnosed = (samples: Float64Array) =>
  diagnoseBearing({ samples: soundPart(samples, RATE).samples, ...RATE, shaftSpeedRpm: 1500, geometry: BEARING_6205 })

describe('the part of a record that a verdict rests on', () => {
  it('ends where a sensor froze, and names no fault', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const samples = healthy(seed, 6)
      const frozenFrom = Math.round((1.5 + seed / 10) * RATE.sampleRateHz)
      samples.fill(samples[frozenFrom] ?? 0, frozenFrom)
      const { samples: part, notes } = soundPart(samples, RATE)
      expect(part.length).toBe(frozenFrom)
      expect(notes).toEqual([expect.stringMatching(/of 6 s, from 0 s on: elsewhere one value is held/)])
      expect(['healthy', 'uncertain']).toContain(diagnosed(samples).verdict)
    }
  })

  it('is too short for a verdict where the sensor froze at once', () => {
    const samples = healthy(9, 6).fill(0, RATE.sampleRateHz / 4)
    expect(diagnosed(samples)).toMatchObject({ verdict: 'uncertain', reason: expect.stringContaining('too short') as unknown })
  })

  it.each([
    ['a glitch of one sample', 1, 500],
    ['a spike of seven samples', 7, 30],
  ])('bridges %s, which contradicts no speed and is no fault', (_, width, height) => {
    for (let seed = 20; seed < 28; seed++) {
      const samples = healthy(seed, 4)
      samples.fill(height, 20_000 + 100 * seed, 20_000 + 100 * seed + width)
      expect(soundPart(samples, RATE).notes).toEqual([expect.stringContaining('1 isolated event')])
      const { verdict, speedPlausible } = diagnosed(samples)
      expect(speedPlausible).toBe(true)
      expect(['healthy', 'uncertain']).toContain(verdict)
    }
  })

  it.each(BEARING_FAULTS)('is all of a record with a damaged bearing: %s', (fault) => {
    for (let seed = 40; seed < 45; seed++) {
      const { samples, sampleRateHz } = bearingSignal({ seed, fault, machine: 'white', signalToNoiseDb: 5 })
      expect(soundPart(samples, { sampleRateHz })).toEqual({ samples, notes: [] })
    }
  })

  it('is all of a signal that is one value, or quantised, or a square wave', () => {
    for (const samples of [
      new Float64Array(20_000).fill(2),
      healthy(1, 2).map((x) => Math.round(2 * x)),
      healthy(1, 2).map((_, k) => (k % 512 < 256 ? 1 : -1)),
    ]) {
      expect(soundPart(samples, RATE).samples).toBe(samples)
    }
  })
})
