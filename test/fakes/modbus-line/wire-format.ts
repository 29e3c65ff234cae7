/** Frames of both modes, written apart from the driver's: the CRC bit by bit as the specification's figure has it, not by table. */
export interface WireFormat {
  encode(unit: number, pdu: Uint8Array): Uint8Array
  /** Requests in what has come, and how many bytes they took. */
  takeRequests(bytes: Uint8Array): { readonly requests: readonly { readonly unit: number; readonly pdu: Buffer }[]; readonly used: number }
}

export function slowCrc(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc % 2 === 1 ? Math.floor(crc / 2) ^ 0xa001 : crc / 2
  }
  return crc
}

export const RTU: WireFormat = {
  encode: (unit, pdu) => {
    const body = Buffer.from([unit, ...pdu])
    const crc = slowCrc(body)
    return Buffer.concat([body, Buffer.from([crc % 256, Math.floor(crc / 256)])])
  },
  takeRequests: (bytes) => {
    const requests: { unit: number; pdu: Buffer }[] = []
    let used = 0
    for (let at = 0; at < bytes.length; at++) {
      const length = requestLength(bytes.subarray(at))
      if (length === undefined || at + length > bytes.length) continue
      const body = bytes.subarray(at, at + length - 2)
      const crc = slowCrc(body)
      if (bytes[at + length - 2] !== crc % 256 || bytes[at + length - 1] !== Math.floor(crc / 256)) continue
      requests.push({ unit: body[0] ?? 0, pdu: Buffer.from(body.subarray(1)) })
      used = at + length
      at = used - 1
    }
    return { requests, used }
  },
}

export const ASCII: WireFormat = {
  encode: (unit, pdu) => {
    const body = [unit, ...pdu]
    const sum = body.reduce((total, byte) => total + byte, 0)
    const text = [...body, (256 - (sum % 256)) % 256].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('')
    return Buffer.from(`:${text}\r\n`, 'latin1')
  },
  takeRequests: (bytes) => {
    const text = Buffer.from(bytes).toString('latin1')
    const requests = [...text.matchAll(/:([0-9A-F]+)\r\n/g)].flatMap(([, digits = '']) => {
      const body = Buffer.from(digits, 'hex')
      return body.length >= 3 && body.reduce((total, byte) => total + byte, 0) % 256 === 0
        ? [{ unit: body[0] ?? 0, pdu: body.subarray(1, -1) }]
        : []
    })
    return { requests, used: text.lastIndexOf('\n') + 1 }
  },
}

function requestLength(bytes: Uint8Array): number | undefined {
  const code = bytes[1] ?? 0
  if (code >= 1 && code <= 6) return 8
  if (code === 17) return 4
  if (code === 43) return 7
  return (code === 15 || code === 16) && bytes[6] !== undefined ? 9 + bytes[6] : undefined
}
