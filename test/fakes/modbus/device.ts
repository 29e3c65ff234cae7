/** What a fake unit holds. An address that is in none of the maps is illegal. */
export interface FakeDevice {
  readonly holding: Map<number, number>
  readonly input: Map<number, number>
  readonly coil: Map<number, boolean>
  readonly discrete: Map<number, boolean>
  /** Function 43/14 by object id; undefined where it refuses. */
  readonly identification?: ReadonlyMap<number, string>
  /** Function 17: the bytes after the byte count; undefined where it refuses. */
  readonly serverId?: Uint8Array
}

export function fakeDevice(given: Partial<FakeDevice> = {}): FakeDevice {
  return { holding: new Map(), input: new Map(), coil: new Map(), discrete: new Map(), ...given }
}

/** Puts registers into a table from an address on. */
export function putRegisters(table: Map<number, number>, from: number, registers: readonly number[]): void {
  registers.forEach((register, index) => table.set(from + index, register))
}

/** A reply PDU of a well-behaved unit. */
export function answerOf(device: FakeDevice, pdu: Buffer): Buffer {
  const code = pdu[0] ?? 0
  switch (code) {
    case 1:
      return bits(device.coil, pdu)
    case 2:
      return bits(device.discrete, pdu)
    case 3:
      return registers(device.holding, pdu)
    case 4:
      return registers(device.input, pdu)
    case 5:
    case 6:
    case 16:
      return written(device, pdu)
    case 17:
      return device.serverId ? Buffer.from([17, device.serverId.length, ...device.serverId]) : exception(code, 1)
    case 43:
      return device.identification ? identification(device.identification, pdu) : exception(code, 1)
    default:
      return exception(code, 1)
  }
}

/** Functions 5, 6 and 16: only what exists can be written. */
function written(device: FakeDevice, pdu: Buffer): Buffer {
  const [code, at] = [pdu[0] ?? 0, pdu.readUInt16BE(1)]
  if (code === 5) {
    if (!device.coil.has(at)) return exception(code, 2)
    device.coil.set(at, pdu.readUInt16BE(3) === 0xff00)
    return Buffer.from(pdu)
  }
  const count = code === 6 ? 1 : pdu.readUInt16BE(3)
  const words = Array.from({ length: count }, (_, index) => pdu.readUInt16BE((code === 6 ? 3 : 6) + index * 2))
  if (words.some((_, index) => !device.holding.has(at + index))) return exception(code, 2)
  putRegisters(device.holding, at, words)
  return Buffer.from(pdu.subarray(0, 5))
}

export function exception(functionCode: number, code: number): Buffer {
  return Buffer.from([functionCode | 0x80, code])
}

function registers(table: ReadonlyMap<number, number>, pdu: Buffer): Buffer {
  const [from, quantity] = [pdu.readUInt16BE(1), pdu.readUInt16BE(3)]
  if (quantity < 1 || quantity > 125) return exception(pdu[0] ?? 0, 3)
  if (table.size === 0) return exception(pdu[0] ?? 0, 1)
  const reply = Buffer.alloc(2 + quantity * 2)
  reply[0] = pdu[0] ?? 0
  reply[1] = quantity * 2
  for (let index = 0; index < quantity; index++) {
    const value = table.get(from + index)
    if (value === undefined) return exception(pdu[0] ?? 0, 2)
    reply.writeUInt16BE(value, 2 + index * 2)
  }
  return reply
}

function bits(table: ReadonlyMap<number, boolean>, pdu: Buffer): Buffer {
  const [from, quantity] = [pdu.readUInt16BE(1), pdu.readUInt16BE(3)]
  if (quantity < 1 || quantity > 2000) return exception(pdu[0] ?? 0, 3)
  if (table.size === 0) return exception(pdu[0] ?? 0, 1)
  const reply = Buffer.alloc(2 + Math.ceil(quantity / 8))
  reply[0] = pdu[0] ?? 0
  reply[1] = reply.length - 2
  for (let index = 0; index < quantity; index++) {
    const value = table.get(from + index)
    if (value === undefined) return exception(pdu[0] ?? 0, 2)
    if (value) reply[2 + (index >> 3)] = (reply[2 + (index >> 3)] ?? 0) | (1 << (index & 7))
  }
  return reply
}

/** Two objects a part, so that every client has to ask for the rest. */
function identification(objects: ReadonlyMap<number, string>, pdu: Buffer): Buffer {
  const [level, from] = [pdu[2] ?? 0, pdu[3] ?? 0]
  const known = [...objects].filter(([id]) => id >= from && (level >= 2 || id <= 2)).sort(([a], [b]) => a - b)
  const [shown, left] = [known.slice(0, 2), known.slice(2)]
  const body = shown.flatMap(([id, text]) => [id, Buffer.byteLength(text), ...Buffer.from(text)])
  return Buffer.from([43, 14, level, 0x82, left.length > 0 ? 0xff : 0, left[0]?.[0] ?? 0, shown.length, ...body])
}
