import { describe } from 'vitest'
import { modbusDriver } from '../../../src/drivers/modbus/driver.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import { type DriverUnderTest, describeDriver } from '../../conformance/driver-conformance.js'
import { fakeDevice, putRegisters } from '../../fakes/modbus/device.js'
import { encodeRegisters } from '../../fakes/modbus/encode-registers.js'
import type { LineUnit } from '../../fakes/modbus-line/fake-line.js'
import { startPtyLine } from '../../fakes/modbus-line/pty-line.js'
import { missingSocat } from '../../fakes/modbus-line/pty-pair.js'
import { startTcpLine } from '../../fakes/modbus-line/tcp-line.js'
import { LINE_UNITS } from '../../fakes/modbus-line/units.js'

const UNDER_TEST = { driver: modbusDriver, flow: 'polled', surroundings: { timeoutMs: 60 }, patienceMs: 15_000 } as const

/** What a far end offers, wherever the line lies; `query` is what every address of the line ends with. */
function farEndOn(line: string, query: string): { device: string; sensors: Sensor[]; badSensors: Sensor[] } {
  const sensor = (key: string, path: string, own = ''): Sensor => {
    const rest = [query, own].filter((part) => part !== '').join('&')
    return { key, address: `${line}/${path}${rest === '' ? '' : `?${rest}`}`, kind: 'other', unit: null, periodMs: 200 }
  }
  return {
    device: `${line}/1${query === '' ? '' : `?${query}`}`,
    sensors: [
      sensor('temperature', '1/holding/100', 'as=float32&order=cdab'),
      sensor('count', '1/input/3', 'as=uint16'),
      sensor('running', '1/coil/0'),
    ],
    badSensors: [sensor('mute', '6/holding/0'), sensor('absent', '1/holding/9000'), sensor('stammering', '2/holding/100')],
  }
}

const overTcp: DriverUnderTest = {
  ...UNDER_TEST,
  name: 'modbus RTU over TCP',
  invalidAddresses: ['modbus-rtu-tcp://', 'modbus-rtu-tcp://host/0/holding/0', 'modbus-rtu-tcp://host/1/holding/0?baud=9600'],
  start: async () => {
    let server = await startTcpLine(units())
    const line = `modbus-rtu-tcp://127.0.0.1:${server.port}`
    return {
      ...farEndOn(line, ''),
      scope: `${line}/1`,
      devices: [`${line}/1`],
      unreachable: 'modbus-rtu-tcp://127.0.0.1:1/1/holding/0',
      breakLine: () => server.stop(),
      mendLine: async () => {
        server = await startTcpLine(units(), {}, server.port)
      },
      stop: () => server.stop(),
    }
  },
}

const onPty: DriverUnderTest = {
  ...UNDER_TEST,
  name: 'modbus RTU on a pseudo-terminal',
  invalidAddresses: [
    'modbus-rtu://',
    'modbus-rtu://dev/ttyUSB0/7',
    'modbus-rtu:///dev/ttyUSB0/7/holding/65536',
    'modbus-rtu:///dev/ttyUSB0/7/register/0',
    'modbus-rtu:///dev/ttyUSB0/0/holding/0',
    'modbus-rtu:///dev/ttyUSB0/7?baud=fast',
    'modbus-rtu:///dev/ttyUSB0/7?parity=mark',
    'modbus-rtu:///dev/ttyUSB0/7?data=7',
    'modbus-ascii:///dev/ttyUSB0/7?stop=3',
  ],
  start: async () => {
    const far = await startPtyLine(units())
    const line = `modbus-rtu://${far.path}`
    const query = 'baud=115200&parity=none&stop=1'
    return {
      ...farEndOn(line, query),
      scope: `${line}/1?${query}`,
      devices: [`${line}/1?${query}`],
      unreachable: `modbus-rtu:///nonexistent/ttyUSB0/1/holding/0?${query}`,
      breakLine: () => far.breakLine(),
      mendLine: () => far.mendLine(),
      stop: () => far.stop(),
    }
  },
}

describeDriver(overTcp)
describe.skipIf(missingSocat)(`with socat${missingSocat ? ` (skipped: ${missingSocat})` : ''}`, () => describeDriver(onPty))

function units(): ReadonlyMap<number, LineUnit> {
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
  return new Map<number, LineUnit>([
    [1, LINE_UNITS.device(device, 1)],
    [2, LINE_UNITS.short()],
  ])
}
