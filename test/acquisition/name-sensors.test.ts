import { describe, expect, it } from 'vitest'
import { nameSensors } from '../../src/acquisition/name-sensors.js'
import type { Point } from '../../src/drivers/probe-report.js'

function point(address: string, name: string | null = null): Point {
  return {
    address,
    name,
    kind: 'other',
    type: 'float32',
    order: null,
    scale: 1,
    unit: null,
    value: 1,
    confidence: 1,
    alternatives: [],
    evidence: '',
  }
}

const keyOf = (address: string, name?: string): string | undefined => nameSensors([point(address, name ?? null)])[0]?.key

describe('a sensor that is named after its point', () => {
  it.each([
    ['modbus-tcp://h/7/holding/100?as=float32', undefined, 'unit-7/holding-100'],
    ['modbus-rtu-tcp://h:5021/11/input/0?as=float32', undefined, 'unit-11/input-0'],
    ['modbus-rtu:///dev/ttyUSB0/7/holding/100?baud=9600', undefined, 'unit-7/holding-100'],
    ['mqtt://h/plant/pump-247/flow?field=/value', 'flow', 'pump-247/flow'],
    ['mqtt://h/plant/pump-247/meter?field=/flow/now', undefined, 'pump-247/meter-flow-now'],
    ['mqtt://h/plant/fan-112/acceleration/waveform?as=waveform', 'waveform', 'fan-112/acceleration'],
    ['serial:///dev/ttyUSB0?baud=9600&key=FLOW', 'FLOW', 'tty-usb0/flow'],
    ['serial:///dev/pts/3?baud=9600&column=2', undefined, 'pts-3/column-2'],
    ['mqtt://h/temperature', undefined, 'mqtt/temperature'],
    ['mqtt://h/spBv1.0/plant/DDATA/gateway-1/pump-247?metric=speed', 'speed', 'pump-247/speed'],
    ['opc.tcp://h:4840/?node=ns=1;s=pump-247/motor-power', 'motor-power', 'pump-247/motor-power'],
    ['opc.tcp://h:4840/?node=ns=2;s=Line1.Pump247.FlowRate', 'FlowRate', 'pump247/flow-rate'],
    ['opc.tcp://h:4840/?node=ns=2;i=1002', 'Outlet Temperature', 'opc-tcp/outlet-temperature'],
  ])('%s is called after asset and quantity', (address, name, key) => {
    expect(keyOf(address, name)).toBe(key)
  })

  it('never takes a name that is taken', () => {
    const same = point('mqtt://h/a/b')
    expect(nameSensors([same, same, same], ['a/b']).map(({ key }) => key)).toEqual(['a/b-2', 'a/b-3', 'a/b-4'])
  })
})
