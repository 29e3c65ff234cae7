import type { Surroundings, WriteDraft, WriteOutcome, Writer } from '../contract.js'
import { DriverFault } from '../fault.js'
import { formatModbusAddress, type ModbusPoint, parseModbusPoint, widthOf } from './address.js'
import { faultOfAnswer } from './answer-fault.js'
import { type Encoded, encodeValue } from './encode-value.js'
import type { ModbusLine } from './exchange.js'
import { identifyUnit, labelOf } from './identify.js'
import { withClient } from './probe.js'
import { readSpan } from './read-span.js'
import { decodeRegisters } from './register-codec.js'
import { listingByProfile } from './write-listing.js'
import { functionOf, parseWriteReply, type WriteRequest, writeRequest } from './write-pdu.js'

/** Rounding of a float32 is no change of what was meant; a step of an integer is. */
const RELATIVE_TOLERANCE = 1e-6

/** Functions 5, 6 and 16, one value at a time. */
export const modbusWriter: Writer = {
  spell: (address) => formatModbusAddress(parseModbusPoint(address)),
  listing: async (address, around) => {
    const point = parseModbusPoint(address)
    refuseUnwritable(point)
    return await listingByProfile(point, around)
  },
  draft: async (address, value, around) => {
    const point = parseModbusPoint(address)
    refuseUnwritable(point)
    const encoded = encodedOrRefused(point, value)
    return await withClient(point, around, async (line) => {
      const old = await readNow(line, point, around)
      const { identity } = await identifyUnit(line, { unit: point.unit, timeoutMs: around.timeoutMs })
      const label = labelOf(identity)
      const request = requestOf(point, encoded)
      const count = widthOf(point)
      return {
        address: formatModbusAddress(point),
        device: `Modbus unit ${point.unit}${label === '' ? '' : ` · ${label}`}`,
        old,
        value: encoded.value,
        how: `function ${functionOf(request)}, ${point.table} ${point.register}${count > 1 ? `–${point.register + count - 1}` : ''}`,
      }
    })
  },
  write: (draft, around) => {
    const point = parseModbusPoint(draft.address)
    refuseUnwritable(point)
    const encoded = encodedOrRefused(point, draft.value)
    return withClient(point, around, (line) => writeOn(line, { point, encoded, draft, around }))
  },
}

interface Writing {
  readonly point: ModbusPoint
  readonly encoded: Encoded
  readonly draft: WriteDraft
  readonly around: Surroundings
}

async function writeOn(line: ModbusLine, { point, encoded, draft, around }: Writing): Promise<WriteOutcome> {
  const now = await readNow(line, point, around)
  if (now !== draft.old)
    throw new DriverFault('WRITE_OUTDATED', {
      message: `${draft.address} holds ${now}, not ${draft.old} as when the write was confirmed; nothing was written`,
      advice: { target: draft.address, value: String(draft.value) },
      retry: false,
    })
  const request = requestOf(point, encoded)
  const exchange = await line.ask({ unit: point.unit, timeoutMs: around.timeoutMs, pdu: writeRequest(request) })
  const because =
    exchange.kind === 'reply'
      ? parseWriteReply(exchange.pdu, request)
      : exchange.kind === 'silence'
        ? `no answer within ${exchange.waitedMs} ms`
        : exchange.why
  return { readBack: await readBack(line, point, around), because }
}

/** Whatever the device said, what stands there is what counts. */
async function readBack(line: ModbusLine, point: ModbusPoint, around: Surroundings): Promise<number | null> {
  try {
    return await readNow(line, point, around)
  } catch (thrown) {
    if (thrown instanceof DriverFault) return null
    throw thrown
  }
}

async function readNow(line: ModbusLine, point: ModbusPoint, around: Surroundings): Promise<number> {
  const { unit, table, register: from } = point
  const answer = await readSpan(line, { unit, timeoutMs: around.timeoutMs }, { table, from, quantity: widthOf(point) })
  if (answer.kind !== 'values') throw faultOfAnswer(answer, point, 'nothing is written where the old value cannot be read')
  const decoded = decodeRegisters(answer.values, point)
  if (decoded && decoded.text === null) return decoded.value
  throw impossible(point, `it holds no ${point.type} that could be compared`)
}

function requestOf({ table, register: at }: ModbusPoint, { registers }: Encoded): WriteRequest {
  return table === 'coil' ? { kind: 'coil', at, on: registers[0] === 1 } : { kind: 'registers', at, registers }
}

function refuseUnwritable(point: ModbusPoint): void {
  const { unit, table, type, bit } = point
  // Unit 0 is everybody on the line, and nobody answers: nothing could be read back.
  if (unit === 0) throw impossible(point, 'unit 0 is a broadcast to every device of the line')
  if (table === 'input' || table === 'discrete') throw impossible(point, `a ${table} can only be read`)
  if (bit !== null) throw impossible(point, 'a single bit of a register cannot be written without its neighbours')
  if (type === 'string') throw impossible(point, 'texts are not written')
  // The whole register would be replaced by 0 or 1.
  if (type === 'boolean' && table === 'holding')
    throw impossible(point, 'a register read as boolean would lose its other bits; write it as uint16')
}

function encodedOrRefused(point: ModbusPoint, value: number): Encoded {
  const encoded = encodeValue(value, point)
  if (!encoded) throw impossible(point, `${point.type} cannot hold ${value}`)
  const isExact = Math.abs(encoded.value - value) <= Math.abs(value) * RELATIVE_TOLERANCE
  if (!isExact) throw impossible(point, `${point.type} with scale ${point.scale} holds no ${value}`, String(encoded.value))
  return encoded
}

function impossible(point: ModbusPoint, because: string, nearest?: string): DriverFault {
  const address = formatModbusAddress(point)
  return new DriverFault('WRITE_IMPOSSIBLE', {
    message: `${address} cannot be written so`,
    because,
    advice: { target: address, ...(nearest === undefined ? {} : { nearest }) },
    retry: false,
  })
}
