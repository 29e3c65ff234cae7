/** How a value lies in registers: its type and how many registers of 16 bits it takes; a string takes as many as its address says. */
export const REGISTER_TYPES = {
  int16: 1,
  uint16: 1,
  int32: 2,
  uint32: 2,
  int64: 4,
  uint64: 4,
  float32: 2,
  float64: 4,
  bcd16: 1,
  bcd32: 2,
  boolean: 1,
  string: 1,
} as const satisfies Record<string, number>

export type RegisterType = keyof typeof REGISTER_TYPES

/**
 * Order of bytes, as the field writes it: `abcd` is what the specification says (most significant byte first),
 * `cdab` has the words the other way round, `badc` the bytes within each word, `dcba` both. 64-bit values likewise, with all four words reversed.
 */
export const BYTE_ORDERS = ['abcd', 'cdab', 'badc', 'dcba'] as const
export type ByteOrder = (typeof BYTE_ORDERS)[number]

/** The four tables of a Modbus device, with the function that reads each and how many a request may ask for (specification V1.1b3, 6.1–6.4). */
export const TABLES = {
  coil: { read: 1, largestRequest: 2000, leadingDigit: '0' },
  discrete: { read: 2, largestRequest: 2000, leadingDigit: '1' },
  input: { read: 4, largestRequest: 125, leadingDigit: '3' },
  holding: { read: 3, largestRequest: 125, leadingDigit: '4' },
} as const

export type Table = keyof typeof TABLES

/** Coils and discrete inputs are single bits; the other two tables hold registers. */
export function isBitTable(table: Table): boolean {
  return table === 'coil' || table === 'discrete'
}
