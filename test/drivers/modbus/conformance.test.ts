import { modbusDriver } from '../../../src/drivers/modbus/driver.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import { describeDriver } from '../../conformance/driver-conformance.js'
import { fakeDevice, putRegisters } from '../../fakes/modbus/device.js'
import { encodeRegisters } from '../../fakes/modbus/encode-registers.js'
import { BEHAVIOURS, type FakeServer, startFakeServer } from '../../fakes/modbus/server.js'

describeDriver({
  name: 'modbus',
  driver: modbusDriver,
  flow: 'polled',
  surroundings: { timeoutMs: 150 },
  invalidAddresses: [
    'modbus-tcp://',
    'modbus-tcp://host/256/holding/0',
    'modbus-tcp://host/1/holding/65536',
    'modbus-tcp://host/1/register/0',
    'modbus-tcp://host/1/holding/0?as=float16',
    'modbus-tcp://host/1/holding/0?as=float32&order=acbd',
    'modbus-tcp://host/1/holding/0?scael=2',
    'modbus-tcp://host/1/coil/0?as=float32',
    'modbus-tcp://host/1/holding/65535?as=float32',
    'modbus-tcp://host:70000',
    'opc.tcp://host/1',
  ],
  start: async () => {
    let server: FakeServer = await startFakeServer(units())
    const line = `modbus-tcp://127.0.0.1:${server.port}`
    const sensor = (key: string, path: string): Sensor => ({ key, address: `${line}/${path}`, kind: 'other', unit: null, periodMs: 100 })
    return {
      scope: line,
      devices: [`${line}/1`],
      device: `${line}/1`,
      sensors: [sensor('temperature', '1/holding/100?as=float32&order=cdab'), sensor('count', '1/input/3'), sensor('running', '1/coil/0')],
      badSensors: [sensor('mute', '6/holding/0'), sensor('absent', '1/holding/9000'), sensor('stammering', '2/holding/100')],
      unreachable: 'modbus-tcp://127.0.0.1:1/1/holding/0',
      breakLine: () => server.stop(),
      mendLine: async () => {
        server = await startFakeServer(units(), server.port)
      },
      stop: () => server.stop(),
    }
  },
})

function units(): Parameters<typeof startFakeServer>[0] {
  const device = fakeDevice({
    identification: new Map([
      [0, 'Acme'],
      [1, 'PX'],
      [2, '2.1'],
      [5, 'PX-7'],
    ]),
  })
  putRegisters(device.holding, 0, [0, 0])
  putRegisters(device.holding, 100, encodeRegisters(23.5, 'float32', 'cdab'))
  putRegisters(device.input, 3, [417])
  device.coil.set(0, true)
  return new Map([
    ...Array.from({ length: 256 }, (_, unit) => [unit, BEHAVIOURS.exception(11)] as const),
    [1, BEHAVIOURS.fine(device)],
    [2, BEHAVIOURS.short(device)],
    [6, BEHAVIOURS.silent()],
  ])
}
