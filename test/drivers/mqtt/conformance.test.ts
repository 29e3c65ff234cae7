import { createServer } from 'node:net'
import { mqttDriver } from '../../../src/drivers/mqtt/driver.js'
import { encodeSparkplug } from '../../../src/drivers/mqtt/sparkplug/encode.js'
import { encodeWaveformBlock } from '../../../src/drivers/mqtt/waveform-block.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import { describeDriver } from '../../conformance/driver-conformance.js'
import { machineClock } from '../../conformance/surroundings.js'
import { startBroker, type TestBroker } from './broker.js'

describeDriver({
  name: 'mqtt',
  driver: mqttDriver,
  flow: 'pushed',
  invalidAddresses: [
    'mqtt:///topic',
    'http://127.0.0.1/topic',
    'mqtt://127.0.0.1/a?field=value',
    'mqtt://127.0.0.1/a?as=picture',
    'mqtt://127.0.0.1/a+/b',
    'mqtt://127.0.0.1/plant/temperature?metric=Temperature',
    'mqtt://127.0.0.1/+/temperature?field=/value',
    'mqtt://127.0.0.1:99999/a',
    'mqtt://127.0.0.1/a?session=two words',
  ],
  async start() {
    const broker = await startBroker()
    const machine = startMachine(broker)
    const at = `mqtt://127.0.0.1:${broker.port}`
    return {
      scope: at,
      devices: [at],
      device: at,
      sensors: [
        sensor('temperature', `${at}/plant/temperature?field=/value`),
        sensor('level', `${at}/plant/level`),
        sensor('vibration', `${at}/plant/vibration?as=waveform`),
        sensor('pressure', `${at}/spBv1.0/G/DDATA/N/D?metric=Pressure`),
      ],
      unreachable: `mqtt://127.0.0.1:${await closedPort()}/plant/temperature`,
      breakLine: () => broker.breakLine(),
      mendLine: () => broker.mendLine(),
      async stop() {
        clearInterval(machine)
        await broker.stop()
      },
    }
  },
})

function sensor(key: string, address: string): Sensor {
  return { key, address, kind: 'other', unit: null, periodMs: 100 }
}

/** Says everything it knows fifty times a second. */
function startMachine(broker: TestBroker): NodeJS.Timeout {
  let sequence = 0
  return setInterval(() => {
    const now = machineClock.now()
    const block = { startedAt: now, sampleRateHz: 1000, sequence: sequence++, unit: 'g', samples: Float32Array.of(1, -1) }
    const payload = encodeSparkplug({ timestamp: now, seq: sequence % 256, metrics: [{ name: 'Pressure', datatype: 'Float', value: 2.5 }] })
    void broker.publish('plant/temperature', JSON.stringify({ value: 21.5, ts: Math.floor(now / 1000) }))
    void broker.publish('plant/level', '42')
    void broker.publish('plant/vibration', encodeWaveformBlock(block))
    void broker.publish('spBv1.0/G/DDATA/N/D', payload)
  }, 20)
}

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 1
}
