import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { describeWaveform } from '../../../src/analysis/time-domain/describe-waveform.js'
import { bandRms, ISO_BAND_HZ } from '../../../src/analysis/vibration/band-rms.js'
import { bearingFrequencies } from '../../../src/analysis/vibration/bearing-frequencies.js'
import { severityOf } from '../../../src/analysis/vibration/iso-20816-3.js'
import { hasMeasured, MEASURED, measuredRecords } from '../measured-records.js'

describe('levels', () => {
  it('the velocity of a sine of acceleration is its amplitude over ω√2', () => {
    const samples = Float64Array.from({ length: 20_000 }, (_, k) => 9.80665 * Math.sin((2 * Math.PI * 50 * k) / 10_000) + 4)
    const velocity = bandRms(samples, { sampleRateHz: 10_000, band: ISO_BAND_HZ, integrated: 'once' })
    expect(velocity).toBeCloseTo(9.80665 / (2 * Math.PI * 50) / Math.SQRT2, 9)
  })

  it('a rate or a length that does not hold the band is refused', () => {
    const of = (count: number, sampleRateHz: number) =>
      bandRms(new Float64Array(count), { sampleRateHz, band: ISO_BAND_HZ, integrated: 'once' })
    expect(() => of(10_000, 1900)).toThrow('ends at 950 Hz')
    expect(() => of(900, 10_000)).toThrow('10 periods')
  })

  it('a constant has neither crest factor nor kurtosis', () => {
    expect(describeWaveform(new Float64Array(10).fill(0.1))).toMatchObject({ crestFactor: null, kurtosis: null })
  })

  it('values that are no numbers are refused', () => {
    expect(() => describeWaveform(Float64Array.of(1, Number.NaN, 2))).toThrow('sample 2 of the waveform is NaN')
  })

  it.skipIf(!hasMeasured)('the measured records agree with their reference table within 2 units of its last digit', () => {
    const [header = '', ...rows] = readFileSync(`${MEASURED}bearing/reference_scalars.csv`, 'utf8').trim().split(/\r?\n/)
    const columns = header.split(',')
    const table = new Map<string | undefined, Readonly<Record<string, number>>>(
      rows.map((row) => [
        row.split(',')[0],
        Object.fromEntries<number>(row.split(',').map((cell, k) => [columns[k] ?? '', Number(cell)] as const)),
      ]),
    )
    let compared = 0
    for (const { name, samples, sampleRateHz } of measuredRecords()) {
      const expected = table.get(name)
      const { rms, crestFactor, kurtosis } = describeWaveform(samples)
      const velocity = bandRms(samples, { sampleRateHz, band: ISO_BAND_HZ, integrated: 'once' }) * 9.80665 * 1000
      const pairs = [
        [rms, expected?.['rms_ac']],
        [kurtosis, expected?.['kurtosis']],
        [crestFactor, expected?.['crest']],
        [velocity, expected?.['vel_rms_10_1000_mm_s']],
      ]
      for (const [ours, theirs] of pairs) expect(Math.abs((ours ?? 0) / (theirs ?? Number.NaN) - 1)).toBeLessThan(2e-5)
      compared++
    }
    expect(compared).toBe(rows.length)
  })
})

describe('bearing frequencies', () => {
  it('of the 6205 are the published orders of its test rig', () => {
    const orders = bearingFrequencies(
      { name: '', rollingElements: 9, ballDiameterMm: 0.3126, pitchDiameterMm: 1.537, contactAngleDeg: 0 },
      1,
    )
    expect(orders.bpfo).toBeCloseTo(3.585, 3)
    expect(orders.bpfi).toBeCloseTo(5.415, 3)
    expect(orders.bsf).toBeCloseTo(2.357, 3)
    expect(orders.ftf).toBeCloseTo(0.3983, 4)
    expect(orders.bpfo + orders.bpfi).toBeCloseTo(9, 12)
  })
})

describe('ISO 20816-3', () => {
  it.each([
    [400, 'rigid', 2.3, 'A'],
    [400, 'rigid', 2.31, 'B'],
    [400, 'flexible', 7.2, 'C'],
    [400, 'flexible', 11.1, 'D'],
    [300, 'rigid', 1.4, 'A'],
    [16, 'rigid', 2.9, 'C'],
    [55, 'flexible', 7.2, 'D'],
  ] as const)('%d kW, %s, %f mm/s is zone %s', (ratedPowerKw, support, velocity, zone) => {
    expect(severityOf(velocity, { ratedPowerKw, support })?.zone).toBe(zone)
  })

  it('leaves small machines out', () => {
    expect(severityOf(3, { ratedPowerKw: 11, support: 'rigid' })).toBeNull()
  })
})
