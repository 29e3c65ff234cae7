import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCELEROMETER_RATE_HZ } from '../../src/plant/machine/accelerometer.js'
import { plantFaultNames } from '../../src/plant/plant-faults.js'
import { type PlantModel, plantModel } from '../../src/plant/plant-model.js'
import { PLANT_POINTS } from '../../src/plant/points.js'

const ACCELERATION = 'pump-247/drive-end-acceleration'

function plant(faults: readonly string[] = [], seed = 7): PlantModel {
  return plantModel(seed, plantFaultNames(faults))
}

function samplesOf(model: PlantModel, key: string, seconds: number): Float32Array {
  return model.samples(key, 0, seconds * ACCELEROMETER_RATE_HZ) ?? new Float32Array()
}

function scalar(model: PlantModel, key: string, timeS: number): number {
  return model.scalar(key, timeS) ?? Number.NaN
}

/** Mean speed over a stretch, as turns per second. */
function shaftHz(model: PlantModel, seconds: number): number {
  let sum = 0
  for (let step = 0; step < 100; step++) sum += scalar(model, 'pump-247/speed', (seconds * (step + 0.5)) / 100)
  return sum / 100 / 60
}

/** Amplitude of one frequency in a signal: |2/n · Σ x·exp(−2πift)|. */
function amplitudeAt(signal: Float64Array, hz: number, rateHz: number): number {
  let real = 0
  let imaginary = 0
  signal.forEach((value, index) => {
    real += value * Math.cos((2 * Math.PI * hz * index) / rateHz)
    imaginary -= value * Math.sin((2 * Math.PI * hz * index) / rateHz)
  })
  return (2 / signal.length) * Math.hypot(real, imaginary)
}

/** A crude envelope: second differences (lets the resonance through, not the shaft), squared, means of 16. */
function envelopeOf(samples: Float32Array): { readonly signal: Float64Array; readonly rateHz: number } {
  const signal = new Float64Array(Math.floor((samples.length - 2) / 16))
  for (let index = 0; index < signal.length * 16; index++) {
    const bend = (samples[index] ?? 0) - 2 * (samples[index + 1] ?? 0) + (samples[index + 2] ?? 0)
    signal[index >> 4] = (signal[index >> 4] ?? 0) + bend ** 2 / 16
  }
  const mean = signal.reduce((sum, value) => sum + value, 0) / signal.length
  return { signal: signal.map((value) => value - mean), rateHz: ACCELEROMETER_RATE_HZ / 16 }
}

/** How far the envelope's line at an order of the shaft (within 2 %) stands above the lines around it. */
function prominence(model: PlantModel, key: string, order: number): number {
  const seconds = 4
  const { signal, rateHz } = envelopeOf(samplesOf(model, key, seconds))
  const centreHz = order * shaftHz(model, seconds)
  const around: number[] = []
  let peak = 0
  for (let hz = centreHz * 0.8; hz < centreHz * 1.2; hz += 0.25) {
    const amplitude = amplitudeAt(signal, hz, rateHz)
    if (Math.abs(hz / centreHz - 1) < 0.02) peak = Math.max(peak, amplitude)
    else around.push(amplitude)
  }
  around.sort((a, b) => a - b)
  return peak / (around[around.length >> 1] ?? 1)
}

/** SKF 6205: 9/2 · (1 − 7.94/39.04). */
const BPFO_ORDER = 3.58478

describe('the accelerometer', () => {
  it('gives the same samples however they are cut', () => {
    const model = plant(['cavitation'])
    const whole = model.samples(ACCELERATION, 0, 6000)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5990 }), fc.integer({ min: 1, max: 3000 }), (from, count) => {
        const cut = Math.min(count, 6000 - from)
        expect(model.samples(ACCELERATION, from, cut)).toEqual(whole?.slice(from, from + cut))
      }),
      { numRuns: 60 },
    )
  })

  it('does not repeat after 2^32 samples and stays finite after a year', () => {
    const model = plant()
    const late = model.samples(ACCELERATION, 2 ** 32, 256)
    expect(late).not.toEqual(model.samples(ACCELERATION, 0, 256))
    expect(model.samples(ACCELERATION, 365 * 86_400 * ACCELEROMETER_RATE_HZ, 256)?.every(Number.isFinite)).toBe(true)
  })

  it('is another plant under another seed', () => {
    expect(plant([], 8).samples(ACCELERATION, 0, 100)).not.toEqual(plant([], 7).samples(ACCELERATION, 0, 100))
  })

  it('shows the worn outer race as lines at BPFO and twice that in the envelope, and none on the healthy fan', () => {
    expect(prominence(plant(), ACCELERATION, BPFO_ORDER)).toBeGreaterThan(8)
    expect(prominence(plant(), ACCELERATION, 2 * BPFO_ORDER)).toBeGreaterThan(4)
    expect(prominence(plant(), 'fan-112/drive-end-acceleration', (8 / 2) * (1 - 6.75 / 28.5))).toBeLessThan(5)
  })

  it('has the kurtosis of impacts when the bearing is worn, and of a healthy machine when it is not', () => {
    expect(kurtosis(samplesOf(plant(), ACCELERATION, 2))).toBeGreaterThan(6)
    expect(kurtosis(samplesOf(plant(), 'fan-112/drive-end-acceleration', 2))).toBeLessThan(3.3)
  })

  it('grows with wear and with the bearing fault', () => {
    const worn = rms(samplesOf(plant(), ACCELERATION, 2))
    const later = rms(plant().samples(ACCELERATION, 900 * ACCELEROMETER_RATE_HZ, 2 * ACCELEROMETER_RATE_HZ) ?? new Float32Array())
    expect(later / worn).toBeGreaterThan(1.2)
    expect(rms(samplesOf(plant(['bearing']), ACCELERATION, 2)) / worn).toBeGreaterThan(1.7)
  })

  it('holds the velocity that the vibration transmitter shows, line by line', () => {
    const model = plant(['unbalance'])
    const seconds = 8
    const samples = Float64Array.from(samplesOf(model, ACCELERATION, seconds))
    const centre = shaftHz(model, seconds)
    let peak = 0
    for (let hz = centre * 0.995; hz < centre * 1.005; hz += 0.02) peak = Math.max(peak, amplitudeAt(samples, hz, ACCELEROMETER_RATE_HZ))
    const velocityMmPerS = (1000 * peak) / Math.SQRT2 / (2 * Math.PI * centre)
    expect(velocityMmPerS / scalar(model, 'pump-247/drive-end-velocity', seconds / 2)).toBeGreaterThan(0.9)
    expect(velocityMmPerS / scalar(model, 'pump-247/drive-end-velocity', seconds / 2)).toBeLessThan(1.1)
  })
})

describe('the machines', () => {
  it('stay within the ranges of their transmitters, with and without faults', () => {
    for (const faults of [[], ['bearing', 'cavitation', 'unbalance', 'noisy-sensor', 'stuck-sensor']]) {
      const model = plant(faults)
      for (const point of PLANT_POINTS) {
        for (let timeS = 0; timeS < 600; timeS += 7.3) {
          const value = scalar(model, point.key, timeS)
          expect(value, point.key).toBeGreaterThanOrEqual(point.range.low)
          expect(value, point.key).toBeLessThanOrEqual(point.range.high)
        }
      }
    }
  })

  it('stay within their limits while nothing is wrong with the process', () => {
    const model = plant()
    for (const point of PLANT_POINTS.filter(({ limits }) => limits !== undefined)) {
      for (let timeS = 0; timeS < 300; timeS += 3.1) {
        const value = scalar(model, point.key, timeS)
        expect(value, point.key).toBeLessThan(point.limits?.warningHigh ?? Number.POSITIVE_INFINITY)
        expect(value, point.key).toBeGreaterThan(point.limits?.warningLow ?? Number.NEGATIVE_INFINITY)
      }
    }
  })

  it('couple: more flow means less head, more current and more slip', () => {
    const model = plant()
    const times = Array.from({ length: 120 }, (_, second) => second)
    const byFlow = times.sort((a, b) => scalar(model, 'pump-247/flow', a) - scalar(model, 'pump-247/flow', b))
    const [least = 0, most = 0] = [byFlow[0], byFlow.at(-1)]
    expect(scalar(model, 'pump-247/discharge-pressure', most)).toBeLessThan(scalar(model, 'pump-247/discharge-pressure', least) - 0.3)
    expect(scalar(model, 'pump-247/motor-current', most)).toBeGreaterThan(scalar(model, 'pump-247/motor-current', least) + 5)
    expect(scalar(model, 'pump-247/speed', most)).toBeLessThan(scalar(model, 'pump-247/speed', least) - 2)
  })

  it('count as energy exactly the power that they draw', () => {
    const model = plant()
    let kwh = 0
    for (let step = 0; step < 6000; step++) kwh += scalar(model, 'pump-247/motor-power', 0.1 * (step + 0.5)) / 36_000
    const counted = scalar(model, 'pump-247/motor-energy', 600) - scalar(model, 'pump-247/motor-energy', 0)
    expect(counted).toBeCloseTo(kwh, 5)
  })

  it('drop suction and head under cavitation and make the flow restless', () => {
    const [calm, starved] = [plant(), plant(['cavitation'])]
    for (const key of ['suction-pressure', 'discharge-pressure', 'flow']) {
      expect(scalar(starved, `pump-247/${key}`, 30), key).toBeLessThan(scalar(calm, `pump-247/${key}`, 30))
    }
    expect(rms(samplesOf(starved, ACCELERATION, 1))).toBeGreaterThan(1.5 * rms(samplesOf(calm, ACCELERATION, 1)))
  })

  it('show a stuck transmitter as one value from the fifth second on', () => {
    const model = plant(['stuck-sensor'])
    const values = [5, 6, 60, 600].map((timeS) => scalar(model, 'pump-247/discharge-pressure', timeS))
    expect(new Set(values).size).toBe(1)
  })

  it('know nothing of a point that does not exist, nor of a fault that does not', () => {
    expect(plant().scalar('pump-247/colour', 0)).toBeUndefined()
    expect(plant().samples('pump-247/flow', 0, 1)).toBeUndefined()
    expect(() => plantFaultNames(['gremlin'])).toThrow(expect.objectContaining({ code: 'PLANT_FAULT_UNKNOWN' }))
  })
})

function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, value) => sum + value ** 2, 0) / samples.length)
}

function kurtosis(samples: Float32Array): number {
  const square = rms(samples) ** 2
  return samples.reduce((sum, value) => sum + value ** 4, 0) / samples.length / square ** 2
}
