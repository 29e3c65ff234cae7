import { exceptionOf, nameOfException, PduError } from './pdu.js'

/** Functions 5, 6 and 16 (specification V1.1b3, 6.5, 6.6, 6.12). */
export type WriteRequest =
  | { readonly kind: 'coil'; readonly at: number; readonly on: boolean }
  | { readonly kind: 'registers'; readonly at: number; readonly registers: Uint16Array }

const COIL_ON = 0xff00

export function functionOf(request: WriteRequest): 5 | 6 | 16 {
  if (request.kind === 'coil') return 5
  return request.registers.length === 1 ? 6 : 16
}

export function writeRequest(request: WriteRequest): Uint8Array {
  const code = functionOf(request)
  const head = [code, request.at >> 8, request.at & 0xff]
  if (request.kind === 'coil') return Uint8Array.of(...head, ...bytesOf(request.on ? COIL_ON : 0))
  const { registers } = request
  const values = [...registers].flatMap(bytesOf)
  return code === 6 ? Uint8Array.of(...head, ...values) : Uint8Array.of(...head, ...bytesOf(registers.length), values.length, ...values)
}

/**
 * What a device said to a write: null where it agreed, else why not.
 * All three functions echo the beginning of the request: place and value, or place and quantity.
 */
export function parseWriteReply(pdu: Uint8Array, request: WriteRequest): string | null {
  try {
    const code = exceptionOf(pdu, functionOf(request))
    if (code !== null) return nameOfException(code)
  } catch (thrown) {
    if (thrown instanceof PduError) return thrown.message
    throw thrown
  }
  const echoed = writeRequest(request).subarray(0, 5)
  return pdu.length === 5 && echoed.every((byte, at) => byte === pdu[at]) ? null : 'the reply does not repeat what was written'
}

function bytesOf(word: number): [number, number] {
  return [word >> 8, word & 0xff]
}
