import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identityOfVersion } from '../../../src/drivers/mqtt/identity.js'
import { Intake } from '../../../src/drivers/mqtt/intake.js'
import { SensorRoutes } from '../../../src/drivers/mqtt/sensor-routes.js'
import { encodeSparkplug } from '../../../src/drivers/mqtt/sparkplug/encode.js'
import { TopicSurvey } from '../../../src/drivers/mqtt/topic-survey.js'
import { encodeWaveformBlock } from '../../../src/drivers/mqtt/waveform-block.js'
import { unnamedSensor } from '../../../src/readings/sensor.js'

const AT = 'mqtt://host'
const log = { note: () => undefined, warn: () => undefined }
const sensors = [`${AT}/t`, `${AT}/t?field=/a/b`, `${AT}/t?as=waveform`, `${AT}/spBv1.0/G/DDATA/N/D?metric=m`].map(unnamedSensor)
const topics = ['t', 'spBv1.0/G/NBIRTH/N', 'spBv1.0/G/DBIRTH/N/D', 'spBv1.0/G/DDATA/N/D', 'spBv1.0/G/NDEATH/N']

const whole = [
  encodeWaveformBlock({ startedAt: 1, sampleRateHz: 1, sequence: 1, unit: 'g', samples: Float32Array.of(1, 2) }),
  encodeSparkplug({
    timestamp: 1000,
    seq: 1,
    metrics: [{ name: 'm', alias: 1, datatype: 'Int64', value: -5, properties: { engUnit: 'bar' } }],
  }),
  new TextEncoder().encode('{"a":{"b":1.5,"unit":"bar"},"ts":1600000000,"samples":[1],"sample_rate_hz":1,"start":"1970-01-01T00:00:00Z"}'),
]
const mutated = fc.tuple(fc.constantFrom(...whole), fc.nat(), fc.nat(255), fc.nat()).map(([bytes, at, value, cut]) => {
  const changed = Uint8Array.from(bytes)
  changed[at % bytes.length] = value
  return changed.subarray(0, bytes.length - (cut % 4 === 0 ? cut % bytes.length : 0))
})
const payload = fc.oneof(
  mutated,
  fc.uint8Array({ maxLength: 100 }),
  fc.json().map((text) => new TextEncoder().encode(text)),
)

describe('a hostile payload', () => {
  it('never stops a stream, and every message of a topic gives each of its sensors one answer', () => {
    const intake = new Intake(sensors.map(({ key }) => key))
    const routes = new SensorRoutes(sensors, intake, log)
    fc.assert(
      fc.property(fc.constantFrom(...topics), payload, (topic, bytes) => {
        routes.message(topic, { payload: Buffer.from(bytes), receivedAt: 1, delivery: 'live' })
        const answers = intake
          .take()
          .reduce((sum, part) => sum + (part.kind === 'batch' ? part.value.length : part.kind === 'waveform' ? 1 : 0), 0)
        if (topic === 't') expect(answers).toBe(3)
      }),
      { numRuns: 5000 },
    )
  })

  it('never stops a probe', () => {
    const survey = new TopicSurvey({ scheme: 'mqtt', host: 'host', port: 1883, user: null, session: null })
    const anyTopic = fc.oneof(fc.constantFrom(...topics), fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }))
    fc.assert(
      fc.property(anyTopic, payload, (topic, bytes) => {
        survey.message(topic, Buffer.from(bytes), 'live')
      }),
      { numRuns: 3000 },
    )
    expect(survey.points.every(({ address }) => address.startsWith('mqtt://host:1883/'))).toBe(true)
  })

  it('makes no maker out of the name of a property that every object has', () => {
    expect(identityOfVersion('constructor version 1').maker).toBeNull()
  })
})
