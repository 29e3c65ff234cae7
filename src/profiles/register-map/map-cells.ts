import { BYTE_ORDERS, type ByteOrder, REGISTER_TYPES, type RegisterType, type Table } from '../../drivers/modbus/register-type.js'

/** A cell that cannot be understood, in words. The only error that these readers throw; a row's errors are collected. */
export class CellError extends Error {
  override readonly name = 'CellError'
}

/** `40001`, `0x9C40`, `1F40h`, `3xxx1`… as the number that stands there; a range `100-101` as its first. */
export function addressCell(text: string): { readonly number: number; readonly isHex: boolean } {
  const cell = text.trim().replace(/^([0-9]+)\.0+$/, '$1')
  const hex = /^0x([0-9a-f]{1,5})\b/i.exec(cell) ?? /^([0-9a-f]{1,5})h\b/i.exec(cell)
  if (hex) return { number: Number.parseInt(hex[1] ?? '', 16), isHex: true }
  const decimal = /^(\d{1,6})(?:\s*(?:[-–…,/&+]|\.\.|to|bis)\s*\d{1,6})?$/i.exec(cell)
  if (decimal) return { number: Number(decimal[1]), isHex: false }
  throw new CellError(`the address '${short(text)}' is no number such as 100, 40101 or 0x64`)
}

/** `0.1`, `0,1`, `/10`, `x10`, `÷100`, `10^-1`, `1/10`, `1E-3`, `*0.01`. */
export function scaleCell(text: string): number {
  const cell = text.trim().replaceAll(/\s+/g, '').replace(',', '.')
  const power = /^[x×*]?10(?:\^|\*\*|exp)\(?([-+]?\d{1,2})\)?$/i.exec(cell)
  const divided = /^(?:1)?[/÷:](\d+(?:\.\d+)?)$/.exec(cell)
  const times = /^[x×*]?([-+]?\d+(?:\.\d+)?(?:e[-+]?\d{1,2})?)(?:[a-zA-Z°%].*)?$/i.exec(cell)
  const value = power ? 10 ** Number(power[1]) : divided ? 1 / Number(divided[1]) : times ? Number(times[1]) : Number.NaN
  if (Number.isFinite(value) && value !== 0) return Number(value.toPrecision(12))
  throw new CellError(`the scale '${short(text)}' is no number such as 0.1, /10 or 10^-1`)
}

export interface TypeCell {
  readonly type: RegisterType
  readonly order: ByteOrder | null
  /** Registers of a string; null for other types. */
  readonly length: number | null
}

/**
 * What makers call types: `UINT16`, `U32`, `Float`, `signed long`, `ASCII[20]`, `INT32 (CDAB)`.
 * @param registers  how many registers the value takes, where a column says so.
 */
export function typeCell(text: string, registers: number | null): TypeCell {
  const cell = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
  const order =
    BYTE_ORDERS.find((known) => cell.includes(known)) ?? (/\b(swapped|word swap|little|lsw first|le)\b/.test(cell) ? 'cdab' : null)
  if (/ascii|string|char|text|utf/.test(cell)) return { type: 'string', order: null, length: stringLength(cell, registers) }
  const type = numberType(order === null ? cell : cell.replace(order, ''), registers)
  if (!type) throw new CellError(`the type '${short(text)}' is none of ${Object.keys(REGISTER_TYPES).join(', ')}`)
  if (registers !== null && type !== 'boolean' && REGISTER_TYPES[type] !== registers)
    throw new CellError(`the type '${short(text)}' takes ${REGISTER_TYPES[type]} registers, and the row says ${registers}`)
  return { type, order, length: null }
}

function numberType(cell: string, registers: number | null): RegisterType | undefined {
  const numbers = [...cell.replace('754', '').matchAll(/\d+/g)].map(([number]) => number)
  // 8, 24 and 48 bits are made, and no type here reads them: refused rather than bent.
  if (numbers.some((number) => !['16', '32', '64'].includes(number))) return undefined
  if (/\b(bool|boolean|coil|flag)\b|^bit$/.test(cell)) return 'boolean'
  const bits = bitsOf(cell, registers)
  if (/bcd/.test(cell)) return bits === 32 ? 'bcd32' : bits === 64 ? undefined : 'bcd16'
  if (/float|real|ieee|single|double(?! word)|\bf(32|64)\b/.test(cell))
    return bits === 64 || /double|lreal/.test(cell) ? 'float64' : 'float32'
  const width = bits ?? (/dword|long|double word/.test(cell) ? 32 : 16)
  if (/(^|[^n])signed|\bs ?(d?word|long|short|int|\d)/.test(cell)) return `int${width}`
  if (/unsigned|\bu ?(d?word|long|short|int|\d)|word|enum|hex|bitmap|bit ?field|status/.test(cell)) return `uint${width}`
  return /\b(d?int|long|short)|\bi\d/.test(cell) ? `int${width}` : undefined
}

function bitsOf(cell: string, registers: number | null): 16 | 32 | 64 | null {
  const stated = statedBits(cell)
  if (stated !== null) return stated as 16 | 32 | 64
  return registers === 4 ? 64 : registers === 2 ? 32 : registers === 1 ? 16 : null
}

/** How many bits a type says that it has, e.g. 32 for `UINT32`; null where it does not say. */
export function statedBits(text: string): number | null {
  return Number(/(?<!\d)(16|32|64)(?!\d)/.exec(text)?.[1] ?? 0) || null
}

/** `ascii[20]` counts characters, a column of lengths counts registers. */
function stringLength(cell: string, registers: number | null): number {
  const characters = /(\d{1,3})/.exec(cell.replaceAll(/utf ?-?(8|16)/g, ''))?.[1]
  const length = registers ?? (characters === undefined ? Number.NaN : Math.ceil(Number(characters) / 2))
  if (length >= 1 && length <= 125) return length
  throw new CellError('a text needs its length: a column of registers, or a type such as ASCII[20]')
}

/** `03`, `FC4`, `3x`, `holding`, `Input register`, `4xxxx`. */
export function tableCell(text: string): Table {
  const cell = text.trim().toLowerCase()
  if (/hold|\b4x|4xxxx|halte/.test(cell)) return 'holding'
  if (/discrete|digital in|\b1x|1xxxx|\bdi\b/.test(cell)) return 'discrete'
  if (/input|\b3x|3xxxx|\bai\b/.test(cell)) return 'input'
  if (/coil|\b0x|digital out|\bdo\b/.test(cell)) return 'coil'
  const codes = [...cell.matchAll(/\d{1,2}/g)].map(([code]) => Number(code))
  if (codes.includes(3)) return 'holding'
  if (codes.includes(4)) return 'input'
  if (codes.includes(1)) return 'coil'
  if (codes.includes(2)) return 'discrete'
  throw new CellError(`the table '${short(text)}' is none of holding, input, coil, discrete, and no function 1 to 4`)
}

export function orderCell(text: string): ByteOrder {
  const cell = text.trim().toLowerCase()
  const known = BYTE_ORDERS.find((order) => cell.includes(order))
  if (known) return known
  if (/little|swap|lsw|low word first/.test(cell)) return 'cdab'
  if (/big|msw|high word first|normal/.test(cell)) return 'abcd'
  throw new CellError(`the order '${short(text)}' is none of ${BYTE_ORDERS.join(', ')}`)
}

/** A whole number of registers. */
export function lengthCell(text: string): number {
  const found = /^(\d{1,3})(?:\.0+)?\b/.exec(text.trim())
  const length = Number(found?.[1] ?? Number.NaN)
  if (length >= 1 && length <= 125) return length
  throw new CellError(`the length '${short(text)}' is no number of registers from 1 to 125`)
}

function short(text: string): string {
  const clean = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  return clean.length > 40 ? `${clean.slice(0, 40)}…` : clean
}
