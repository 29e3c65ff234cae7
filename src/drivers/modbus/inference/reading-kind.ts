import { BYTE_ORDERS, type ByteOrder, type RegisterType } from '../register-type.js'

/** What a stretch of registers may be. `bits` is a register of flags, `clock` date and time in several, `spare` one that is not in use, `junk` what none of the others explains. */
export type ReadingType = Exclude<RegisterType, 'boolean'> | 'bits' | 'clock' | 'spare' | 'junk'

/** Kinds that tend to follow their own: who has one int32 has several, signed or not. */
export type Family = 'spare' | 'word' | 'bits' | 'bcd16' | 'double' | 'float32' | 'bcd32' | 'quad' | 'float64' | 'string' | 'clock' | 'junk'

interface Row {
  readonly family: Family
  /** Registers that it takes; strings and clocks take as many as they need. */
  readonly width: number
  /** How often a maker starts such a value where the one before it was something else. */
  readonly share: number
}

/** The shares are judgement, from reading register maps in manuals; they matter where the registers themselves say little. */
export const READING_TYPES = {
  spare: { family: 'spare', width: 1, share: 0.16 },
  uint16: { family: 'word', width: 1, share: 0.18 },
  int16: { family: 'word', width: 1, share: 0.14 },
  bits: { family: 'bits', width: 1, share: 0.06 },
  bcd16: { family: 'bcd16', width: 1, share: 0.015 },
  uint32: { family: 'double', width: 2, share: 0.1 },
  int32: { family: 'double', width: 2, share: 0.06 },
  float32: { family: 'float32', width: 2, share: 0.22 },
  bcd32: { family: 'bcd32', width: 2, share: 0.01 },
  uint64: { family: 'quad', width: 4, share: 0.02 },
  int64: { family: 'quad', width: 4, share: 0.015 },
  float64: { family: 'float64', width: 4, share: 0.03 },
  string: { family: 'string', width: 0, share: 0.025 },
  clock: { family: 'clock', width: 0, share: 0.008 },
  junk: { family: 'junk', width: 1, share: 0.01 },
} as const satisfies Record<ReadingType, Row>

export const FAMILIES = [...new Set(Object.values(READING_TYPES).map(({ family }) => family))] as readonly Family[]

/** The four orders by how common they are. */
export const ORDER_SHARES: Readonly<Record<ByteOrder, number>> = { abcd: 0.5, cdab: 0.32, badc: 0.08, dcba: 0.1 }

/** A single register, or text, knows only bytes swapped. */
export function ordersOf(type: ReadingType): readonly ByteOrder[] {
  if (type === 'bits' || type === 'clock' || type === 'spare' || type === 'junk') return ['abcd']
  return type === 'string' || READING_TYPES[type].width === 1 ? ['abcd', 'badc'] : BYTE_ORDERS
}

/** How often a value lies in this order where the device as a whole keeps to `usual`. */
export function orderShare(type: ReadingType, order: ByteOrder, usual: ByteOrder): number {
  if (ordersOf(type).length === 1) return 1
  const areUsuallySwapped = usual === 'badc' || usual === 'dcba'
  if (type === 'string') return order === 'badc' ? (areUsuallySwapped ? 0.5 : 0.08) : areUsuallySwapped ? 0.5 : 0.92
  // Single registers come as the specification says, nearly always, whatever a device does with wide ones.
  if (READING_TYPES[type].width === 1) return order === 'badc' ? (areUsuallySwapped ? 0.05 : 0.002) : areUsuallySwapped ? 0.95 : 0.998
  return order === usual ? 0.97 : 0.01
}
