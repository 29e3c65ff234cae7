import { isBitTable, TABLES, type Table } from './register-type.js'

/** A reply that the specification does not allow. The only error that this codec throws. */
export class PduError extends Error {
  override readonly name = 'PduError'
}

/** Part of a table. */
export interface Span {
  readonly table: Table
  /** PDU address, from 0. */
  readonly from: number
  readonly quantity: number
}

/** Values as they lie in the device: registers, or bits as 0/1. */
export type ReadReply = { readonly kind: 'values'; readonly values: Uint16Array } | { readonly kind: 'exception'; readonly code: number }

/** The codes that a device may refuse with (specification V1.1b3, 7). */
export const EXCEPTIONS: Readonly<Record<number, string>> = {
  1: 'illegal function',
  2: 'illegal data address',
  3: 'illegal data value',
  4: 'server device failure',
  5: 'acknowledge',
  6: 'server device busy',
  7: 'negative acknowledge',
  8: 'memory parity error',
  10: 'gateway path unavailable',
  11: 'gateway target device failed to respond',
}

export function nameOfException(code: number): string {
  return `exception 0x${code.toString(16).padStart(2, '0').toUpperCase()} (${EXCEPTIONS[code] ?? 'of the maker’s own'})`
}

/** A gateway says so of a unit that it cannot reach: nobody is there. */
export function isAbsence(code: number): boolean {
  return code === 10 || code === 11
}

/** The device knows the unit but not the register, the function or so many at once. */
export function isIllegal(code: number): boolean {
  return code >= 1 && code <= 3
}

/** Functions 1 to 4. */
export function readRequest({ table, from, quantity }: Span): Uint8Array {
  return Uint8Array.of(TABLES[table].read, from >> 8, from & 0xff, quantity >> 8, quantity & 0xff)
}

/**
 * Reply to functions 1 to 4.
 * @throws PduError where function or length are not those of the request.
 */
export function parseReadReply(pdu: Uint8Array, { table, quantity }: Span): ReadReply {
  const code = exceptionOf(pdu, TABLES[table].read)
  if (code !== null) return { kind: 'exception', code }
  const bytes = isBitTable(table) ? Math.ceil(quantity / 8) : quantity * 2
  if (pdu[1] !== bytes || pdu.length !== bytes + 2)
    throw new PduError(
      `${bytes} bytes of values were asked for; the reply announces ${pdu[1] ?? 0} and holds ${Math.max(0, pdu.length - 2)}`,
    )
  return { kind: 'values', values: isBitTable(table) ? bitsOf(pdu, quantity) : registersOf(pdu, quantity) }
}

/** The exception code of a reply; null where it is a proper one. Checks the function. */
export function exceptionOf(pdu: Uint8Array, functionCode: number): number | null {
  if (pdu[0] === (functionCode | 0x80) && pdu.length === 2) return pdu[1] ?? 0
  if (pdu[0] !== functionCode) throw new PduError(`function ${functionCode} was asked for, ${pdu[0] ?? 'nothing'} answered`)
  return null
}

function registersOf(pdu: Uint8Array, quantity: number): Uint16Array {
  const registers = new Uint16Array(quantity)
  for (let index = 0; index < quantity; index++) registers[index] = ((pdu[2 + index * 2] ?? 0) << 8) | (pdu[3 + index * 2] ?? 0)
  return registers
}

function bitsOf(pdu: Uint8Array, quantity: number): Uint16Array {
  const bits = new Uint16Array(quantity)
  for (let index = 0; index < quantity; index++) bits[index] = ((pdu[2 + (index >> 3)] ?? 0) >> (index & 7)) & 1
  return bits
}
