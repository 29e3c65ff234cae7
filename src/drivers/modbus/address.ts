import { type Address, formatAddress, parseAddress } from '../../readings/address.js'
import { DriverFault } from '../fault.js'
import { addressOfLine, lineAddressOf, SETTING_NAMES } from './line-address.js'
import type { Target } from './medium.js'
import { tableOfRegisterNumber } from './register-number.js'
import { BYTE_ORDERS, type ByteOrder, isBitTable, REGISTER_TYPES, type RegisterType, TABLES, type Table } from './register-type.js'

const EXAMPLE = 'modbus-tcp://10.0.0.21:502/7/holding/100?as=float32&order=cdab'
const SERIAL = /^modbus-(rtu|ascii):/i
const SERIAL_EXAMPLE = 'modbus-rtu:///dev/ttyUSB0/7/holding/100?as=float32&baud=9600&parity=even'
/** Belong to the layer above (readings/sensor.ts); this driver lets them pass. */
const FOREIGN_NAMES = new Set(['unit', 'kind', 'every', 'name'])
const OWN_NAMES = new Set(['as', 'order', 'scale', 'offset', 'bit', 'length'])

/** A line, or one unit on it. */
export interface ModbusDevice extends Target {
  /** 0–255; null where the address names only the line. */
  readonly unit: number | null
}

/** One value of a unit: where it lies and how to read it. `value = decoded × scale + offset`. */
export interface ModbusPoint extends Target {
  readonly unit: number
  readonly table: Table
  /** PDU address, from 0. */
  readonly register: number
  readonly type: RegisterType
  readonly order: ByteOrder
  readonly scale: number
  readonly offset: number
  /** 0 is the least significant bit of a register; null where the whole register counts. */
  readonly bit: number | null
  /** Registers that a string takes (two characters each); 1 for all other types. */
  readonly length: number
}

/** How many registers (or bits of a bit table) the value takes. */
export function widthOf(point: Pick<ModbusPoint, 'type' | 'length'>): number {
  return point.type === 'string' ? point.length : REGISTER_TYPES[point.type]
}

/**
 * Reads a Modbus address of either kind.
 * @throws DriverFault ADDRESS_INVALID that says which part is wrong.
 */
export function parseModbusAddress(text: string): ModbusDevice | ModbusPoint {
  const address = parseShape(text)
  const { target: host, rest: path } = lineAddressOf(address, (why) => invalid(text, why))
  const [unitText, place, registerText, ...rest] = path
  if (unitText === undefined) return { ...host, unit: null }
  // On a serial line 0 is everybody at once, and nobody answers to it.
  const unit = wholeNumber(text, 'the unit', unitText, { from: host.medium ? 1 : 0, to: 255 })
  if (place === undefined) return { ...host, unit }
  if (rest.length > 0) throw invalid(text, `'${rest.join('/')}' is one part too many`)
  const where = registerText === undefined ? tableOfRegisterNumber(place) : placeOf(text, place, registerText)
  if (!where) throw invalid(text, `'${place}' is neither TABLE/OFFSET (coil, discrete, input, holding) nor a register number such as 40101`)
  return pointOf(text, { ...host, unit, ...where }, address.query)
}

/** A host or a unit on it; a value's address gives its unit. */
export function parseModbusDevice(text: string): ModbusDevice {
  const { host, port, medium, unit } = parseModbusAddress(text)
  return { host, port, unit, ...(medium && { medium }) }
}

/** @throws DriverFault ADDRESS_INVALID where the address reaches no single value. */
export function parseModbusPoint(text: string): ModbusPoint {
  const parsed = parseModbusAddress(text)
  if (!isPoint(parsed)) throw invalid(text, 'it names a device, not a value: /UNIT/TABLE/OFFSET is missing')
  return parsed
}

export function isPoint(parsed: ModbusDevice | ModbusPoint): parsed is ModbusPoint {
  return 'table' in parsed
}

/** Prints what `parseModbusAddress` reads back; says only what is not the default, except the type of a register. */
export function formatModbusAddress(what: ModbusDevice | ModbusPoint): string {
  const path = what.unit === null ? [] : [String(what.unit)]
  if (isPoint(what)) path.push(what.table, String(what.register))
  const line = addressOfLine(what, path)
  const { query } = line
  if (isPoint(what)) {
    if (!isBitTable(what.table)) query.set('as', what.type)
    if (what.order !== 'abcd') query.set('order', what.order)
    if (what.scale !== 1) query.set('scale', String(what.scale))
    if (what.offset !== 0) query.set('offset', String(what.offset))
    if (what.bit !== null) query.set('bit', String(what.bit))
    if (what.type === 'string') query.set('length', String(what.length))
  }
  return formatAddress({ ...line, user: null, query })
}

/** What shares one connection: host and port, or a serial port with its settings. */
export function lineOf({ host, port, medium }: Target): string {
  return formatModbusAddress({ host, port, unit: null, ...(medium && { medium }) })
}

export function invalid(address: string, why: string): DriverFault {
  return new DriverFault('ADDRESS_INVALID', {
    message: `'${address}' is no Modbus address: ${why}`,
    advice: SERIAL.test(address) ? { scope: 'serial', example: SERIAL_EXAMPLE } : { scope: 'localhost', example: EXAMPLE },
    retry: false,
  })
}

function parseShape(text: string): Address {
  try {
    return parseAddress(text)
  } catch (thrown) {
    throw invalid(text, thrown instanceof Error ? thrown.message : String(thrown))
  }
}

function placeOf(text: string, table: string, register: string): { readonly table: Table; readonly register: number } {
  if (!Object.hasOwn(TABLES, table)) throw invalid(text, `'${table}' is no table; known are coil, discrete, input and holding`)
  return { table: table as Table, register: wholeNumber(text, 'the offset', register, { from: 0, to: 65_535 }) }
}

type Where = Pick<ModbusPoint, 'host' | 'port' | 'medium' | 'unit' | 'table' | 'register'>

function pointOf(text: string, where: Where, query: ReadonlyMap<string, string>): ModbusPoint {
  const stranger = [...query.keys()].find(
    (name) => !OWN_NAMES.has(name) && !FOREIGN_NAMES.has(name) && !SETTING_NAMES.some((setting) => setting === name),
  )
  if (stranger !== undefined) throw invalid(text, `nobody knows '${stranger}='; known are as, order, scale, offset, bit and length`)
  const isBits = isBitTable(where.table)
  const bitText = query.get('bit')
  const type = query.get('as') ?? (isBits || bitText !== undefined ? 'boolean' : 'uint16')
  if (!Object.hasOwn(REGISTER_TYPES, type)) throw invalid(text, `'${type}' is no type; known are ${Object.keys(REGISTER_TYPES).join(', ')}`)
  if (isBits && type !== 'boolean') throw invalid(text, `a ${where.table} is always boolean, not ${type}`)
  const bit = bitText === undefined ? null : wholeNumber(text, 'bit', bitText, { from: 0, to: 15 })
  if (bit !== null && (type !== 'boolean' || isBits)) throw invalid(text, 'bit= goes with a boolean in a register')
  const order = query.get('order') ?? 'abcd'
  if (!BYTE_ORDERS.some((known) => known === order)) throw invalid(text, `'${order}' is no byte order; known are ${BYTE_ORDERS.join(', ')}`)
  const length = lengthOf(text, type as RegisterType, query.get('length'))
  const point: ModbusPoint = {
    ...where,
    type: type as RegisterType,
    order: order as ByteOrder,
    scale: finite(text, 'scale', query.get('scale'), 1),
    offset: finite(text, 'offset', query.get('offset'), 0),
    bit,
    length,
  }
  if (point.scale === 0) throw invalid(text, 'a scale of 0 leaves nothing')
  if (point.register + widthOf(point) > 65_536) throw invalid(text, 'the value ends beyond address 65535')
  return point
}

function lengthOf(text: string, type: RegisterType, given: string | undefined): number {
  if (type !== 'string') {
    if (given !== undefined) throw invalid(text, 'length= goes with as=string')
    return 1
  }
  if (given === undefined) throw invalid(text, 'as=string needs length=, the number of registers (two characters each)')
  return wholeNumber(text, 'length', given, { from: 1, to: 125 })
}

function wholeNumber(text: string, what: string, given: string, range: { readonly from: number; readonly to: number }): number {
  const value = /^\d{1,6}$/.test(given) ? Number(given) : Number.NaN
  if (!(value >= range.from && value <= range.to))
    throw invalid(text, `${what} is '${given}', not a whole number from ${range.from} to ${range.to}`)
  return value
}

function finite(text: string, what: string, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise
  const value = given.trim() === '' ? Number.NaN : Number(given)
  if (!Number.isFinite(value)) throw invalid(text, `${what} is '${given}', not a number`)
  return value
}
