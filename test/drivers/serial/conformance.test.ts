import { spawnSync } from 'node:child_process'
import { describe } from 'vitest'
import { serialDriver } from '../../../src/drivers/serial/driver.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import { describeDriver } from '../../conformance/driver-conformance.js'
import { pluggablePort, startInstrument } from './far-instrument.js'

const invalidAddresses = [
  'serial://',
  'serial:///',
  'serial://host/dev/ttyUSB0',
  'serial:///dev/../etc/passwd',
  'serial:///dev/ttyUSB0?baud=fast',
  'serial:///dev/ttyUSB0?parity=X',
  'serial:///dev/ttyUSB0?match=FLOW',
  'serial:///dev/ttyUSB0?match=(?<value>(a%2B)%2B)\\1',
  'serial:///dev/ttyUSB0?key=A&column=2',
  'serial:///dev/ttyUSB0?expect=x',
  'serial:///dev/ttyUSB0?send=\\q',
  'serial:///dev/ttyUSB0?length=4097',
  'serial:///dev/ttyUSB0?delimiter=,&gap=50ms',
  'serial:///dev/ttyUSB0?unknown=1',
]

const sensor = (key: string, address: string): Sensor => ({ key, address, kind: 'flow', unit: null, periodMs: 100 })

describeDriver({
  name: 'serial, a device that speaks by itself',
  driver: serialDriver,
  flow: 'pushed',
  invalidAddresses,
  patienceMs: 8000,
  start: async () => {
    let flow = 0
    const speaks = { everyMs: 50, line: () => `FLOW ${(++flow / 10).toFixed(1)} m3/h; TEMP 21.${flow % 10} C\r\n` }
    const first = await startInstrument({ speaks })
    const device = `serial://${first.path}?baud=9600`
    return {
      scope: device,
      devices: [`serial://${first.path}`],
      device,
      sensors: [sensor('flow', `${device}&key=FLOW`), sensor('temperature', `${device}&match=TEMP%20(?<value>[-0-9.]%2B)`)],
      unreachable: 'serial:///dev/ttyNowhere?baud=9600&key=FLOW',
      stop: async () => first.stop(),
    }
  },
})

describeDriver({
  name: 'serial, a device that is asked',
  driver: serialDriver,
  flow: 'polled',
  invalidAddresses,
  start: async () => {
    const far = await startInstrument({ answers: (line) => (line === 'MEAS?' ? 'FLOW 12.5 m3/h\r\n' : 'ERR\r\n') })
    const speaking = await startInstrument({ speaks: { everyMs: 100, line: () => 'FLOW 12.5 m3/h\r\n' } })
    const port = `serial://${far.path}?baud=9600`
    return {
      scope: port,
      devices: [`serial://${far.path}`],
      // A device that is only asked offers nothing to a probe without a question.
      device: `serial://${speaking.path}`,
      sensors: [sensor('flow', `${port}&send=MEAS?%0A&expect=FLOW`), sensor('first-number', `${port}&send=MEAS?%0A`)],
      badSensors: [sensor('unknown', `${port}&send=NOPE?%0A`)],
      unreachable: 'serial:///dev/ttyNowhere?baud=9600&send=MEAS?%0A',
      stop: async () => {
        far.stop()
        speaking.stop()
      },
    }
  },
})

if (spawnSync('socat', ['-V']).status === 0)
  describeDriver({
    name: 'serial, an adapter that is unplugged',
    driver: serialDriver,
    flow: 'pushed',
    invalidAddresses,
    start: async () => {
      const port = pluggablePort('while true; do echo FLOW 12.5 m3/h; sleep 0.05; done')
      await port.plugIn()
      const device = `serial://${port.link}?baud=9600`
      return {
        device,
        sensors: [sensor('flow', `${device}&key=FLOW`)],
        breakLine: port.unplug,
        mendLine: port.plugIn,
        stop: port.stop,
      }
    },
  })
else describe.skip('serial, an adapter that is unplugged: socat is not installed', () => {})
