import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeRegisters } from '../../../src/drivers/modbus/register-codec.js'
import { BYTE_ORDERS, type ByteOrder, type RegisterType } from '../../../src/drivers/modbus/register-type.js'
import { encodeRegisters, type NumberType } from '../../fakes/modbus/encode-registers.js'

const plain = { order: 'abcd', scale: 1, offset: 0, bit: null } as const
const decode = (
  registers: readonly number[],
  type: RegisterType,
  more: Partial<{ order: ByteOrder; scale: number; offset: number; bit: number | null }> = {},
) => decodeRegisters(Uint16Array.from(registers), { ...plain, type, ...more })

const values: Readonly<Record<NumberType, fc.Arbitrary<number | bigint>>> = {
  int16: fc.integer({ min: -32_768, max: 32_767 }),
  uint16: fc.integer({ min: 0, max: 65_535 }),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  uint32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  int64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  uint64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  float32: fc.float({ noNaN: true, noDefaultInfinity: true }),
  float64: fc.double({ noNaN: true, noDefaultInfinity: true }),
}

describe('the register codec', () => {
  it('gives back every number that another encoder laid out, in every order', () => {
    for (const [type, numbers] of Object.entries(values) as [NumberType, fc.Arbitrary<number | bigint>][]) {
      fc.assert(
        fc.property(numbers, fc.constantFrom(...BYTE_ORDERS), (value, order) => {
          const decoded = decode(encodeRegisters(value, type, order), type, { order })
          expect(decoded?.text === null ? decoded.value : BigInt(decoded?.text ?? 'none')).toEqual(
            decoded?.text === null ? Number(value) + 0 : value,
          )
        }),
      )
    }
  })

  it('keeps an integer beyond 2^53 exactly, as text', () => {
    expect(decode([0x20, 0, 0, 1], 'uint64')).toEqual({ value: 2 ** 53, text: '9007199254740993' })
    expect(decode([0xffff, 0xffff, 0xffff, 0xffff], 'uint64')?.text).toBe('18446744073709551615')
    expect(decode([0xffff, 0xffff, 0xffff, 0xffff], 'int64')).toEqual({ value: -1, text: null })
  })

  it('has no value for NaN, infinity and what is no decimal', () => {
    expect(decode([0x7fc0, 0], 'float32')).toBeUndefined()
    expect(decode([0x7f80, 0], 'float32')).toBeUndefined()
    expect(decode([0x12a4], 'bcd16')).toBeUndefined()
  })

  it('reads decimals, bits and texts', () => {
    expect(decode([0x1234], 'bcd16')?.value).toBe(1234)
    expect(decode([0x5678, 0x1234], 'bcd32', { order: 'cdab' })?.value).toBe(12_345_678)
    expect([0, 3, 15].map((bit) => decode([0x8008], 'boolean', { bit })?.value)).toEqual([0, 1, 1])
    expect(decode([0x5058, 0x2d37, 0x2000], 'string')?.text).toBe('PX-7')
    expect(decode([0x5850, 0x372d, 0x0000], 'string', { order: 'badc' })?.text).toBe('PX-7')
  })

  it('scales by tenths without the noise of binary fractions', () => {
    expect(decode([3], 'uint16', { scale: 0.1 })?.value).toBe(0.3)
    expect(decode([0xffff], 'int16', { scale: 0.01, offset: 1 })?.value).toBe(0.99)
  })
})
