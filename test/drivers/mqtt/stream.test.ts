import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeWaveformBlock } from '../../../src/drivers/mqtt/waveform-block.js'
import { encodeWaveformJson } from '../../../src/drivers/mqtt/waveform-json.js'
import { QUALITY } from '../../../src/readings/quality.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import { startBroker, type TestBroker } from './broker.js'
import { collect } from './collect.js'

describe('a stream of readings', () => {
  let broker: TestBroker
  let at: string
  beforeEach(async () => {
    broker = await startBroker()
    at = `mqtt://127.0.0.1:${broker.port}`
  })
  afterEach(() => broker.stop())

  it('takes several fields of one payload, each with the nearest source time', async () => {
    const payload = { ts: 1_600_000_000, motor: { current: 12.5, time: '2020-09-13T12:26:41Z' }, running: true, pump: { flow: 3 } }
    const { readings } = await collect({
      addresses: [`${at}/plant?field=/motor/current`, `${at}/plant?field=/running`, `${at}/plant?field=/pump/flow`],
      act: () => broker.publish('plant', JSON.stringify(payload)),
      until: (seen) => seen.readings.length === 3,
    })
    expect(readings.map(({ value, measuredAt, quality }) => ({ value, measuredAt, quality }))).toEqual([
      { value: 12.5, measuredAt: 1_600_000_001_000_000, quality: QUALITY.good },
      { value: 1, measuredAt: 1_600_000_000_000_000, quality: QUALITY.good },
      { value: 3, measuredAt: 1_600_000_000_000_000, quality: QUALITY.good },
    ])
  })

  it('turns what it cannot decode into bad readings and goes on', async () => {
    const { readings } = await collect({
      addresses: [`${at}/t?field=/value`],
      act: async () => {
        for (const payload of ['{"value":', '{"other":1}', '{"value":null}', '{"value":{}}', '{"value":1e999}', '{"value":7}'])
          await broker.publish('t', payload)
      },
      until: (seen) => seen.readings.length === 6,
    })
    const { undecodable, good } = QUALITY
    expect(readings.map(({ quality }) => quality)).toEqual([
      undecodable,
      undecodable,
      QUALITY['device-fault'],
      undecodable,
      undecodable,
      good,
    ])
    expect(readings.at(-1)?.value).toBe(7)
  })

  it('gives words for a state and no value for a temperature that says n/a', async () => {
    const temperature: Sensor = { key: 'temperature', address: `${at}/t`, kind: 'temperature', unit: '°C', periodMs: 1000 }
    const state: Sensor = { key: 'state', address: `${at}/t`, kind: 'state', unit: null, periodMs: 1000 }
    const { readings } = await collect({
      sensors: [temperature, state],
      act: () => broker.publish('t', 'n/a'),
      until: (seen) => seen.readings.length === 2,
    })
    expect(readings.find(({ sensor }) => sensor === 'temperature')?.quality).toBe(QUALITY.undecodable)
    expect(readings.find(({ sensor }) => sensor === 'state')).toMatchObject({ quality: QUALITY.good, text: 'n/a' })
  })

  it('calls a retained value stale where it does not tell its age', async () => {
    await broker.publish('old', '5', { retain: true })
    await broker.publish('dated', '{"value":6,"ts":1600000000}', { retain: true })
    const { readings } = await collect({
      addresses: [`${at}/old`, `${at}/dated?field=/value`],
      act: () => undefined,
      until: (seen) => seen.readings.length === 2,
    })
    expect(readings.find(({ value }) => value === 5)?.quality).toBe(QUALITY.stale)
    expect(readings.find(({ value }) => value === 6)).toMatchObject({ quality: QUALITY.good, measuredAt: 1_600_000_000_000_000 })
  })

  it('converts a stated unit into that of the sensor and doubts another quantity', async () => {
    const sensor: Sensor = { key: 'p', address: `${at}/p?field=/value`, kind: 'pressure', unit: 'bar', periodMs: 1000 }
    const { readings } = await collect({
      sensors: [sensor],
      act: async () => {
        await broker.publish('p', '{"value":250,"unit":"kPa"}')
        await broker.publish('p', '{"value":250,"unit":"°C"}')
      },
      until: (seen) => seen.readings.length === 2,
    })
    expect(readings.map(({ value }) => value)).toEqual([expect.closeTo(2.5, 12), 250])
    expect(readings.map(({ quality }) => quality)).toEqual([QUALITY.good, QUALITY['device-uncertain']])
  })

  it('keeps every digit of a counter beyond 2^53', async () => {
    const { readings } = await collect({
      addresses: [`${at}/energy?field=/total`],
      act: () => broker.publish('energy', '{"total":9007199254740993}'),
      until: (seen) => seen.readings.length === 1,
    })
    expect(readings[0]?.text).toBe('9007199254740993')
  })

  it('takes waveforms of both spellings, also unasked, and tells of lost blocks', async () => {
    const block = { startedAt: 1_795_359_600_000_000, sampleRateHz: 1000, sequence: 4, unit: 'g', samples: Float32Array.of(1, -1) }
    const { waveforms, gaps, readings } = await collect({
      addresses: [`${at}/v?as=waveform`, `${at}/j`],
      act: async () => {
        await broker.publish('v', encodeWaveformBlock(block))
        await broker.publish('v', encodeWaveformBlock({ ...block, sequence: 7, startedAt: block.startedAt + 6000 }))
        await broker.publish('j', encodeWaveformJson(block))
        await broker.publish('v', 'CFWV and then nothing that belongs there........')
      },
      until: (seen) => seen.waveforms.length === 3 && seen.readings.length === 1,
    })
    expect(waveforms.map(({ sequence, startedAt, sampleRateHz }) => [sequence, startedAt - block.startedAt, sampleRateHz])).toEqual([
      [4, 0, 1000],
      [7, 6000, 1000],
      [4, 0, 1000],
    ])
    // Two samples at 1 kHz last 2 ms; blocks 5 and 6 are missing.
    expect(gaps).toEqual([expect.objectContaining({ from: block.startedAt + 2000, to: block.startedAt + 6000, missing: 2 })])
    expect(readings[0]?.quality).toBe(QUALITY.undecodable)
  })

  it('carries ten thousand messages without losing one, in their order', async () => {
    const { readings, gaps } = await collect({
      addresses: [`${at}/fast`],
      act: async () => {
        for (let i = 0; i < 10_000; i++) await broker.publish('fast', String(i))
      },
      until: (seen) => seen.readings.length === 10_000,
    })
    expect(readings.map(({ value }) => value)).toEqual(Array.from({ length: 10_000 }, (_, i) => i))
    expect(gaps).toEqual([])
  })
})
