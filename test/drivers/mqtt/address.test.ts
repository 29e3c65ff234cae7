import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf, type Broker, parseMqttAddress } from '../../../src/drivers/mqtt/address.js'
import { mqttDriver } from '../../../src/drivers/mqtt/driver.js'
import { formatJsonPointer } from '../../../src/drivers/mqtt/json-pointer.js'

const BROKER: Broker = { scheme: 'mqtt', host: '10.0.0.5', port: 1883, user: null, session: null }
const anyTopic = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 40 })
  .filter((topic) => !/[+#\0]/.test(topic) && !/^(spBv1\.0|STATE)(\/|$)/.test(topic))

describe('an mqtt address', () => {
  it('gives back any topic and field that went into it', () => {
    fc.assert(
      fc.property(anyTopic, fc.array(fc.string({ unit: 'binary', maxLength: 8 }), { minLength: 1, maxLength: 4 }), (topic, field) => {
        const text = addressOf(BROKER, topic, new Map([['field', formatJsonPointer(field)]]))
        expect(parseMqttAddress(text)).toEqual({ broker: BROKER, wanted: { kind: 'field', topic, field } })
      }),
    )
  })

  it.each(['/leading', 'trailing/', 'a//b', '/', '//', '$SYS/broker/uptime', 'a b/ü/µ', 'a?b/c&d=e', '100%'])(
    'keeps the odd topic %s',
    (topic) => {
      expect(parseMqttAddress(addressOf(BROKER, topic, new Map())).wanted).toEqual({ kind: 'field', topic, field: [] })
    },
  )

  it('names a Sparkplug metric, slashes and all', () => {
    const { wanted } = parseMqttAddress('mqtt://host/spBv1.0/G/DDATA/N/D?metric=Motor/Drive End/Temp')
    expect(wanted).toEqual({
      kind: 'metric',
      topic: { kind: 'metrics', group: 'G', message: 'DDATA', node: 'N', device: 'D' },
      metric: 'Motor/Drive End/Temp',
    })
  })

  it('is a device without a topic, with wildcards, and for a Sparkplug topic without a metric', () => {
    for (const text of [
      'mqtt://host',
      'mqtt://host:1884/',
      'mqtts://host',
      'mqtt://host/plant/+/temperature',
      'mqtt://host/plant/#',
      'mqtt://host/spBv1.0/G/DDATA/N/D',
    ]) {
      expect(mqttDriver.locate(text).reaches, text).toBe('device')
    }
    expect(parseMqttAddress('mqtt://host/plant/#').wanted).toEqual(parseMqttAddress('mqtt://host/plant/%23').wanted)
  })

  it('shares a line with the addresses of the same broker, user and session', () => {
    const line = (text: string): string => mqttDriver.locate(text).line
    expect(line('mqtt://host/a?field=/x&unit=bar')).toBe('mqtt://host:1883')
    expect(line('mqtt://host:1883/b')).toBe('mqtt://host:1883')
    expect(line('mqtts://host/b')).toBe('mqtts://host:8883')
    expect(line('mqtt://ann@host/b?session=line-1')).toBe('mqtt://ann@host:1883?session=line-1')
    expect(line('mqtt://[fe80::1]/b')).toBe('mqtt://[fe80::1]:1883')
  })
})
