import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseModbusPoint } from '../../../src/drivers/modbus/address.js'
import { encodeValue } from '../../../src/drivers/modbus/encode-value.js'
import { decodeRegisters } from '../../../src/drivers/modbus/register-codec.js'
import { BYTE_ORDERS } from '../../../src/drivers/modbus/register-type.js'
import { encodeRegisters } from '../../fakes/modbus/encode-registers.js'

const TYPES = ['int16', 'uint16', 'int32', 'uint32', 'float32', 'float64'] as const

describe('encoding a value into registers', () => {
  it('gives what another encoder gives, in every type and order', () => {
    for (const type of TYPES)
      for (const order of BYTE_ORDERS) {
        const point = parseModbusPoint(`modbus-tcp://h/1/holding/0?as=${type}&order=${order}`)
        expect([...(encodeValue(1234, point)?.registers ?? [])], `${type} ${order}`).toEqual(encodeRegisters(1234, type, order))
      }
  })

  it('is read back as what it says it will be, for all types, orders and scales', () => {
    const types = fc.constantFrom(...TYPES, 'bcd16' as const, 'bcd32' as const, 'int64' as const, 'uint64' as const)
    fc.assert(
      fc.property(
        types,
        fc.constantFrom(...BYTE_ORDERS),
        fc.constantFrom(1, 0.1, 0.01, 10),
        fc.double({ min: -1e5, max: 1e5 }),
        (type, order, scale, value) => {
          const point = parseModbusPoint(`modbus-tcp://h/1/holding/0?as=${type}&order=${order}&scale=${scale}`)
          const encoded = encodeValue(value, point)
          if (!encoded) return
          expect(decodeRegisters(encoded.registers, point)?.value).toBe(encoded.value)
          expect(Math.abs(encoded.value - value)).toBeLessThanOrEqual(Math.max(scale / 2, Math.abs(value) * 1e-6) + 1e-9)
        },
      ),
    )
  })

  it('refuses what the type cannot hold', () => {
    const point = (path: string) => parseModbusPoint(`modbus-tcp://h/1/${path}`)
    expect(encodeValue(-1, point('holding/0'))).toBeNull()
    expect(encodeValue(65_536, point('holding/0'))).toBeNull()
    expect(encodeValue(32_768, point('holding/0?as=int16'))).toBeNull()
    expect(encodeValue(1e39, point('holding/0?as=float32'))).toBeNull()
    expect(encodeValue(10_000, point('holding/0?as=bcd16'))).toBeNull()
    expect(encodeValue(2, point('coil/0'))).toBeNull()
    expect(encodeValue(Number.NaN, point('holding/0?as=float32'))).toBeNull()
  })
})
