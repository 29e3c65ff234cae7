import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mqttDriver } from '../../../src/drivers/mqtt/driver.js'
import { encodeWaveformBlock } from '../../../src/drivers/mqtt/waveform-block.js'
import type { ProbeReport } from '../../../src/drivers/probe-report.js'
import { surroundingsOf } from '../../conformance/surroundings.js'
import { startBroker, type TestBroker } from './broker.js'

describe('a probe', () => {
  let broker: TestBroker
  let at: string
  beforeEach(async () => {
    broker = await startBroker()
    at = `mqtt://127.0.0.1:${broker.port}`
  })
  afterEach(() => broker.stop())

  const keep = (topic: string, payload: string | Uint8Array): Promise<void> => broker.publish(topic, payload, { retain: true })
  const pointAt = ({ points }: ProbeReport, path: string): unknown => points.find(({ address }) => address === `${at}${path}`)

  it('lists every number with the unit that is stated beside it, and no invented one', async () => {
    await keep('plant/pump/temperature', '{"value":61.5,"unit":"degC","ts":1600000000}')
    await keep('plant/pump/state', '{"running":true,"deep":{"list":[1,{"x/y":2}]}}')
    await keep('plant/level', '42')
    await keep(
      'plant/vibration',
      encodeWaveformBlock({ startedAt: 1, sampleRateHz: 25_600, sequence: 1, unit: 'g', samples: new Float32Array(16) }),
    )
    const report = await mqttDriver.probe(at, surroundingsOf())
    expect(pointAt(report, '/plant/pump/temperature?field=/value')).toMatchObject({
      name: 'temperature',
      kind: 'temperature',
      unit: '°C',
      value: 61.5,
      confidence: 0.9,
      evidence: 'JSON field in a retained message',
    })
    expect(pointAt(report, '/plant/pump/state?field=/running')).toMatchObject({ type: 'boolean', kind: 'state', value: true })
    expect(pointAt(report, '/plant/pump/state?field=/deep/list/1/x~1y')).toMatchObject({ value: 2, unit: null, kind: 'other' })
    expect(pointAt(report, '/plant/level')).toMatchObject({ name: 'level', kind: 'level', unit: null, value: 42, confidence: 0.8 })
    expect(pointAt(report, '/plant/vibration?as=waveform')).toMatchObject({
      type: 'waveform',
      kind: 'acceleration',
      unit: 'g',
      value: 16,
      sampleRateHz: 25_600,
      confidence: 1,
    })
    expect(report.points).toHaveLength(6)
    expect(report.warnings).toEqual([])
  })

  it('warns of topics that it cannot decode, with an example', async () => {
    await keep('plant/level', '42')
    await keep('plant/photo', Uint8Array.of(0xff, 0xd8, 0xff))
    await keep('plant/word', 'hello')
    const { warnings } = await mqttDriver.probe(at, surroundingsOf())
    expect(warnings).toEqual([expect.stringMatching(/^2 topics carry neither .* e\.g\. 'plant\/(photo|word)'$/)])
  })

  it('listens to the part that it was asked for', async () => {
    await keep('a/x', '1')
    await keep('b/x', '2')
    const { points } = await mqttDriver.probe(`${at}/a/+`, surroundingsOf())
    expect(points.map(({ address }) => address)).toEqual([`${at}/a/x`])
  })

  it('ends early on a quiet broker and says so', async () => {
    const beganMs = performance.now()
    const { points, warnings } = await mqttDriver.probe(`${at}/nothing/+`, surroundingsOf())
    expect(points).toEqual([])
    expect(warnings[0]).toContain('nothing was heard')
    expect(performance.now() - beganMs).toBeLessThan(2000)
  })
})
