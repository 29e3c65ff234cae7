import { isBitTable, TABLES, type Table } from '../drivers/modbus/register-type.js'
import type { CloneTable, DeviceClone } from './device-clone.js'

const ILLEGAL_FUNCTION = 1
const ILLEGAL_ADDRESS = 2
const ILLEGAL_VALUE = 3
const READ_ID = 43
const SERVER_ID = 17
/** Bytes of objects that fit into one answer of function 43/14 (a PDU has 253). */
const OBJECT_SPACE = 246

/** What a cloned device answers to a question; everything that writes is an illegal function. */
export function answerClone(clone: DeviceClone, pdu: Uint8Array): Uint8Array {
  const code = pdu[0] ?? 0
  const table = (Object.keys(TABLES) as Table[]).find((name) => TABLES[name].read === code)
  if (table) return readTable(table, clone.tables[table], pdu)
  if (code === SERVER_ID && clone.identity.serverId !== null) {
    const bytes = Buffer.from(clone.identity.serverId, 'hex')
    return Uint8Array.of(SERVER_ID, bytes.length, ...bytes)
  }
  if (code === READ_ID && clone.identity.objects !== null) return readObjects(clone.identity.objects, pdu)
  return refused(code, ILLEGAL_FUNCTION)
}

function readTable(name: Table, table: CloneTable | undefined, pdu: Uint8Array): Uint8Array {
  const code = TABLES[name].read
  if (!table) return refused(code, ILLEGAL_FUNCTION)
  if (pdu.length !== 5) return refused(code, ILLEGAL_VALUE)
  const from = ((pdu[1] ?? 0) << 8) | (pdu[2] ?? 0)
  const quantity = ((pdu[3] ?? 0) << 8) | (pdu[4] ?? 0)
  if (quantity < 1 || quantity > TABLES[name].largestRequest) return refused(code, ILLEGAL_VALUE)
  if (table.maxBlock && quantity > table.maxBlock.quantity) return refused(code, table.maxBlock.refusal)
  const range = table.ranges.find((one) => from >= one.from && from + quantity <= one.from + one.values.length)
  if (range) return values(name, range.values.slice(from - range.from, from - range.from + quantity))
  for (let at = from; at < from + quantity; at++) {
    const special = table.exceptions.get(at)
    if (special !== undefined) return refused(code, special)
  }
  return refused(code, table.refusal)
}

function values(name: Table, found: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(2 + (isBitTable(name) ? Math.ceil(found.length / 8) : found.length * 2))
  bytes[0] = TABLES[name].read
  bytes[1] = bytes.length - 2
  found.forEach((value, index) => {
    if (isBitTable(name)) bytes[2 + (index >> 3)] = (bytes[2 + (index >> 3)] ?? 0) | ((value & 1) << (index & 7))
    else {
      bytes[2 + index * 2] = value >> 8
      bytes[3 + index * 2] = value & 0xff
    }
  })
  return bytes
}

/** Function 43/14 as a stream from an object on; what does not fit is announced for the next question. */
function readObjects(objects: ReadonlyMap<number, string>, pdu: Uint8Array): Uint8Array {
  const [, kind, level = 0, from = 0] = pdu
  if (kind !== 14 || level < 1 || level > 3) return refused(READ_ID, ILLEGAL_VALUE)
  const most = [0, 2, 0x7f, 0xff][level] ?? 0
  const known = [...objects].filter(([id]) => id >= from && id <= most).sort(([a], [b]) => a - b)
  if (known.length === 0) return refused(READ_ID, ILLEGAL_ADDRESS)
  const told: (readonly [id: number, bytes: Uint8Array])[] = []
  let space = OBJECT_SPACE
  for (const [id, text] of known) {
    const bytes = Buffer.from(text, 'utf8').subarray(0, OBJECT_SPACE - 2)
    if (bytes.length + 2 > space) break
    space -= bytes.length + 2
    told.push([id, bytes])
  }
  const next = known[told.length]?.[0]
  const body = told.flatMap(([id, bytes]) => [id, bytes.length, ...bytes])
  return Uint8Array.of(READ_ID, 14, level, 0x83, next === undefined ? 0 : 0xff, next ?? 0, told.length, ...body)
}

function refused(functionCode: number, exception: number): Uint8Array {
  return Uint8Array.of(functionCode | 0x80, exception)
}
