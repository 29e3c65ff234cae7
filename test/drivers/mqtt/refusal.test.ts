import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mqttDriver } from '../../../src/drivers/mqtt/driver.js'
import { QUALITY } from '../../../src/readings/quality.js'
import { surroundingsOf } from '../../conformance/surroundings.js'
import { startBroker, type TestBroker } from './broker.js'
import { collect } from './collect.js'

describe('a broker that refuses subscriptions', () => {
  let broker: TestBroker
  let at: string
  beforeEach(async () => {
    broker = await startBroker({
      authorizeSubscribe: (_, subscription, done) => done(null, subscription.topic.startsWith('open/') ? subscription : null),
    })
    at = `mqtt://127.0.0.1:${broker.port}`
  })
  afterEach(() => broker.stop())

  it('makes bad readings of what it hides, once, and lets the rest go on', async () => {
    const { readings } = await collect({
      addresses: [`${at}/open/a`, `${at}/closed/b`],
      act: () => broker.publish('open/a', '1'),
      until: (seen) => seen.readings.length === 2,
    })
    expect(readings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ sensor: `${at}/open/a`, quality: QUALITY.good, value: 1 }),
        expect.objectContaining({ sensor: `${at}/closed/b`, quality: QUALITY['not-configured'] }),
      ]),
    )
  })

  it('is a fault of permission where it hides everything', async () => {
    const hidden = collect({ addresses: [`${at}/closed/b`], act: () => undefined, until: () => false })
    await expect(hidden).rejects.toMatchObject({ code: 'MQTT_SUBSCRIBE_REFUSED', retry: false })
    await expect(mqttDriver.probe(at, surroundingsOf())).rejects.toMatchObject({ code: 'MQTT_SUBSCRIBE_REFUSED' })
  })
})
