import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mqttDriver } from '../../../../src/drivers/mqtt/driver.js'
import { encodeSparkplug } from '../../../../src/drivers/mqtt/sparkplug/encode.js'
import type { SparkplugMetric } from '../../../../src/drivers/mqtt/sparkplug/payload.js'
import { QUALITY } from '../../../../src/readings/quality.js'
import type { Sensor } from '../../../../src/readings/sensor.js'
import { surroundingsOf } from '../../../conformance/surroundings.js'
import { startBroker, type TestBroker } from '../broker.js'
import { collect } from '../collect.js'

const AT = 1_600_000_000_000_000

describe('a Sparkplug edge node', () => {
  let broker: TestBroker
  let at: string
  beforeEach(async () => {
    broker = await startBroker()
    at = `mqtt://127.0.0.1:${broker.port}`
  })
  afterEach(() => broker.stop())

  function send(topic: string, seq: number, ...metrics: SparkplugMetric[]): Promise<void> {
    return broker.publish(topic, encodeSparkplug({ timestamp: AT, seq, metrics }))
  }

  async function beBorn(): Promise<void> {
    await send(
      'spBv1.0/G/NBIRTH/N',
      0,
      { name: 'bdSeq', datatype: 'Int64', value: 1 },
      { name: 'Properties/Hardware Make', datatype: 'String', value: 'Acme' },
    )
    const properties = { engUnit: 'kPa' }
    await send(
      'spBv1.0/G/DBIRTH/N/D',
      1,
      { name: 'Pressure', alias: 0, datatype: 'Float', value: 250, properties },
      { name: 'Offset', alias: 1, datatype: 'Int16', value: -1 },
    )
  }

  it('is read by names that only its births explain, in the unit of the sensor', async () => {
    const pressure: Sensor = {
      key: 'p',
      address: `${at}/spBv1.0/G/DDATA/N/D?metric=Pressure`,
      kind: 'pressure',
      unit: 'bar',
      periodMs: 1000,
    }
    const offset: Sensor = { key: 'o', address: `${at}/spBv1.0/G/DDATA/N/D?metric=Offset`, kind: 'other', unit: null, periodMs: 1000 }
    const { readings } = await collect({
      sensors: [pressure, offset],
      act: async () => {
        await beBorn()
        // Aliases only, and −2 as the unsigned two's complement that the wire carries, without a data type.
        await broker.publish(
          'spBv1.0/G/DDATA/N/D',
          encodeSparkplug({ seq: 2, metrics: [{ alias: 0, datatype: 'Float', timestamp: AT + 5000, value: 300 }] }),
        )
        await broker.publish('spBv1.0/G/DDATA/N/D', Buffer.from('12 08 10 01 50 fe ff ff ff 0f'.replaceAll(' ', ''), 'hex'))
      },
      until: (seen) => seen.readings.length === 4,
    })
    expect(readings.map(({ sensor, value }) => [sensor, value])).toEqual([
      ['p', 2.5],
      ['o', -1],
      ['p', 3],
      ['o', -2],
    ])
    expect(readings.slice(0, 3).map(({ measuredAt }) => measuredAt)).toEqual([AT, AT, AT + 5000])
  })

  it('gives bad readings when it dies, but not when an earlier life of it does', async () => {
    const { readings } = await collect({
      addresses: [`${at}/spBv1.0/G/DDATA/N/D?metric=Pressure`],
      act: async () => {
        await beBorn()
        await broker.publish('spBv1.0/G/NDEATH/N', encodeSparkplug({ metrics: [{ name: 'bdSeq', datatype: 'Int64', value: 0 }] }))
        await send('spBv1.0/G/DDEATH/N/D', 2)
        await broker.publish('spBv1.0/G/NDEATH/N', encodeSparkplug({ metrics: [{ name: 'bdSeq', datatype: 'Int64', value: 1 }] }))
        await broker.publish('spBv1.0/G/DDATA/N/D', Uint8Array.of(0x12, 0xff))
      },
      until: (seen) => seen.readings.length === 4,
    })
    expect(readings.map(({ quality }) => quality)).toEqual([
      QUALITY.good,
      QUALITY['no-response'],
      QUALITY['no-response'],
      QUALITY.undecodable,
    ])
  })

  it('believes what the metric says of its own quality', async () => {
    const metric = (value: number | null, quality: number): SparkplugMetric => ({
      name: 'X',
      datatype: 'Double',
      value,
      properties: { Quality: quality },
    })
    const { readings } = await collect({
      addresses: [`${at}/spBv1.0/G/NDATA/N?metric=X`],
      act: () => send('spBv1.0/G/NDATA/N', 0, metric(1, 192), metric(2, 500), metric(3, 0), metric(null, 192)),
      until: (seen) => seen.readings.length === 4,
    })
    expect(readings.map(({ quality }) => quality)).toEqual([QUALITY.good, QUALITY.stale, QUALITY['device-fault'], QUALITY['device-fault']])
  })

  it('whose clock runs ahead of ours gives values of uncertain time, and does not look good', async () => {
    const year2100 = 4_102_444_800_000_000
    const nowMicros = Date.now() * 1000
    const metric = (value: number, timestamp: number, more: Partial<SparkplugMetric> = {}): SparkplugMetric => ({
      name: 'X',
      datatype: 'Double',
      value,
      timestamp,
      ...more,
    })
    const { readings } = await collect({
      addresses: [`${at}/spBv1.0/G/NDATA/N?metric=X`],
      act: () =>
        send(
          'spBv1.0/G/NDATA/N',
          0,
          metric(1, year2100),
          metric(2, nowMicros),
          metric(3, AT),
          metric(4, year2100, { properties: { Quality: 0 } }),
        ),
      until: (seen) => seen.readings.length === 4,
    })
    expect(readings.map(({ value, quality }) => [value, quality])).toEqual([
      [1, QUALITY['clock-unsynced']],
      [2, QUALITY.good],
      [3, QUALITY.good],
      [4, QUALITY['device-fault']],
    ])
    expect(readings[0]?.measuredAt).toBe(year2100)
  })

  it('is told of where its messages were lost, and asked for nothing', async () => {
    const notes: unknown[] = []
    await collect({
      addresses: [`${at}/spBv1.0/G/DDATA/N/D?metric=Pressure`],
      act: async () => {
        await beBorn()
        await send('spBv1.0/G/DDATA/N/D', 5, { alias: 0, datatype: 'Float', value: 1 })
      },
      until: (seen) => seen.readings.length === 2,
      around: { log: { note: (text, facts) => notes.push([text, facts]), warn: () => undefined } },
    })
    expect(notes).toEqual([['Sparkplug messages were lost', { group: 'G', node: 'N', expected: 2, seq: 5 }]])
    expect(broker.published().filter((topic) => topic.includes('CMD'))).toEqual([])
  })

  it('is found, with its devices and what it says of itself, and mapped from its births', async () => {
    const speaking = setInterval(() => void beBorn(), 50)
    try {
      const findings = await Array.fromAsync(mqttDriver.discover?.(at, surroundingsOf()) ?? [])
      const node = findings.find(({ address }) => address.includes('spBv1.0'))
      expect(node).toMatchObject({
        address: `${at}/spBv1.0/G/+/N/%23`,
        description: 'Sparkplug B node G/N with device D',
        identity: { maker: 'Acme', model: null, revision: null },
        safety: 'passive',
        confidence: 1,
      })
      const { points, device } = await mqttDriver.probe(node?.address ?? '', surroundingsOf())
      expect(points).toEqual([
        expect.objectContaining({
          address: `${at}/spBv1.0/G/DDATA/N/D?metric=Pressure`,
          kind: 'pressure',
          type: 'float32',
          unit: 'kPa',
          value: 250,
          confidence: 1,
        }),
        expect.objectContaining({
          address: `${at}/spBv1.0/G/DDATA/N/D?metric=Offset`,
          type: 'int16',
          unit: null,
          value: -1,
          confidence: 1,
        }),
      ])
      expect(device.identity?.maker).toBe('Acme')
    } finally {
      clearInterval(speaking)
    }
  })

  it('is waited for until its birth explains its aliases', async () => {
    await broker.publish('plant/level', '1', { retain: true })
    const probing = mqttDriver.probe(at, surroundingsOf())
    const speaking = setInterval(() => void send('spBv1.0/G/DDATA/N/D', 2, { alias: 0, datatype: 'Float', value: 1 }), 50)
    const birth = setTimeout(() => void beBorn(), 3000)
    try {
      const { points, warnings } = await probing
      expect(points.map(({ name }) => name)).toContain('Pressure')
      expect(warnings).toEqual([])
    } finally {
      clearInterval(speaking)
      clearTimeout(birth)
    }
  })
})
