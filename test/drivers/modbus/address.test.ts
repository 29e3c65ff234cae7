import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatModbusAddress,
  type ModbusPoint,
  parseModbusAddress,
  parseModbusPoint,
  widthOf,
} from '../../../src/drivers/modbus/address.js'
import { BYTE_ORDERS, isBitTable, REGISTER_TYPES, type RegisterType, type Table } from '../../../src/drivers/modbus/register-type.js'

const hosts = fc.constantFrom('10.0.0.21', 'plc-7.example', '::1', 'localhost')
const ports = fc.integer({ min: 1, max: 65_535 })
const units = fc.integer({ min: 0, max: 255 })
const numbers = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((value) => (value === 0 ? 1 : value))

const points: fc.Arbitrary<ModbusPoint> = fc
  .record({
    host: hosts,
    port: ports,
    unit: units,
    table: fc.constantFrom<Table>('coil', 'discrete', 'input', 'holding'),
    register: fc.integer({ min: 0, max: 65_535 }),
    type: fc.constantFrom(...(Object.keys(REGISTER_TYPES) as RegisterType[])),
    order: fc.constantFrom(...BYTE_ORDERS),
    scale: numbers,
    offset: numbers,
    bit: fc.option(fc.integer({ min: 0, max: 15 })),
    length: fc.integer({ min: 1, max: 125 }),
  })
  .map((point): ModbusPoint => {
    const type = isBitTable(point.table) ? 'boolean' : point.type
    const bit = type === 'boolean' && !isBitTable(point.table) ? point.bit : null
    return { ...point, type, bit, length: type === 'string' ? point.length : 1 }
  })
  .filter((point) => point.register + widthOf(point) <= 65_536)

describe('a Modbus address', () => {
  it('prints as what it was read from', () => {
    fc.assert(
      fc.property(points, (point) => {
        expect(parseModbusAddress(formatModbusAddress(point))).toEqual(point)
      }),
    )
    const devices = fc.record({ host: hosts, port: ports, unit: fc.option(units) })
    fc.assert(
      fc.property(devices, (device) => {
        expect(parseModbusAddress(formatModbusAddress(device))).toEqual(device)
      }),
    )
  })

  it('takes the register numbers of old manuals, which count from 1', () => {
    const place = (path: string): unknown[] => {
      const { table, register } = parseModbusPoint(`modbus-tcp://h/7/${path}`)
      return [table, register]
    }
    expect(place('40101')).toEqual(['holding', 100])
    expect(place('30001')).toEqual(['input', 0])
    expect(place('00001')).toEqual(['coil', 0])
    expect(place('10017')).toEqual(['discrete', 16])
    expect(place('465536')).toEqual(['holding', 65_535])
    for (const path of ['40000', '20001', '4101', '465537']) expect(() => place(path)).toThrow(/is no Modbus address/)
  })

  it('reads a register as uint16, a bit of one as boolean, and uses port 502, unless it says otherwise', () => {
    expect(parseModbusPoint('modbus-tcp://h/7/holding/100')).toMatchObject({
      port: 502,
      type: 'uint16',
      order: 'abcd',
      scale: 1,
      offset: 0,
    })
    expect(parseModbusPoint('modbus-tcp://h/7/holding/100?bit=3')).toMatchObject({ type: 'boolean', bit: 3 })
  })

  it('lets pass what belongs to the layer above, and names what nobody knows', () => {
    expect(parseModbusPoint('modbus-tcp://h/7/input/1?unit=bar&kind=pressure&every=100ms&name=a')).toMatchObject({ register: 1 })
    expect(() => parseModbusPoint('modbus-tcp://h/7/input/1?oder=cdab')).toThrow("nobody knows 'oder='")
  })
})
