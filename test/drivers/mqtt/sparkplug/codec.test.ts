import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CodecError } from '../../../../src/drivers/mqtt/codec-error.js'
import { decodeSparkplug } from '../../../../src/drivers/mqtt/sparkplug/decode.js'
import { encodeSparkplug } from '../../../../src/drivers/mqtt/sparkplug/encode.js'
import type { SparkplugPayload } from '../../../../src/drivers/mqtt/sparkplug/payload.js'
import { bytesOf, field, text, varint } from './wire.js'

const { VARINT, FIXED64, LENGTH, FIXED32 } = { VARINT: 0, FIXED64: 1, LENGTH: 2, FIXED32: 5 }

describe('the Sparkplug B codec', () => {
  it('reads a birth whose bytes were worked out by hand', () => {
    // 08 96 01 is the protobuf guide's own example of 150 in field 1.
    const birth = bytesOf(
      '08 96 01  12 1e  0a 04 54 65 6d 70  10 02  18 96 01  20 09  65 00 00 ac 41',
      '4a 0a 0a 01 75 12 05 08 0c 42 01 4b  18 00',
    )
    expect(decodeSparkplug(birth)).toEqual({
      timestamp: 150_000,
      metrics: [{ name: 'Temp', alias: 2, timestamp: 150_000, datatype: 'Float', value: 21.5, properties: { u: 'K' } }],
      seq: 0,
    })
  })

  it('writes the bytes of the wire format', () => {
    const written = encodeSparkplug({ timestamp: 150_000, seq: 0, metrics: [{ name: 'Temp', alias: 2, datatype: 'Float', value: 21.5 }] })
    expect(written).toEqual(bytesOf('08 96 01  12 0f  0a 04 54 65 6d 70  10 02  20 09  65 00 00 ac 41  18 00'))
  })

  it('keeps a metric without alias apart from alias 0', () => {
    const { metrics } = decodeSparkplug(bytesOf('12 07 0a 01 61 50 01 38 00', '12 04 10 00 50 01'))
    expect(metrics).toEqual([
      { name: 'a', value: 1, isNull: false },
      { alias: 0, value: 1 },
    ])
  })

  it.each([
    ['Int8 as 8 bits', 1, field(10, VARINT, varint(0xffn)), -1],
    ['Int8 sign-extended to 32 bits', 1, field(10, VARINT, varint(0xffff_ff80n)), -128],
    ['Int16', 2, field(10, VARINT, varint(0x8000n)), -32_768],
    ['Int32', 3, field(10, VARINT, varint(0xffff_ffffn)), -1],
    ['Int32 sign-extended to 64 bits', 3, field(10, VARINT, varint(0xffff_ffff_ffff_ffffn)), -1],
    ['Int64 as two’s complement', 4, field(11, VARINT, varint(0xffff_ffff_ffff_fffen)), -2],
    ['Int64 beyond 2^53', 4, field(11, VARINT, varint(0x8000_0000_0000_0000n)), -(2n ** 63n)],
    ['UInt32', 7, field(10, VARINT, varint(0xffff_ffffn)), 4_294_967_295],
    ['UInt64', 8, field(11, VARINT, varint(0xffff_ffff_ffff_ffffn)), 2n ** 64n - 1n],
    ['UInt64 up to 2^53', 8, field(11, VARINT, varint(2n ** 53n - 1n)), 2 ** 53 - 1],
    ['Double', 10, field(13, FIXED64, [0, 0, 0, 0, 0, 0, 0xf8, 0x3f]), 1.5],
    ['Float', 9, field(12, FIXED32, [0, 0, 0xc0, 0xbf]), -1.5],
    ['Boolean', 11, field(14, VARINT, [1]), true],
    ['String', 12, field(15, LENGTH, text('µm')), 'µm'],
    ['DateTime', 13, field(11, VARINT, varint(1_795_359_600_000n)), 1_795_359_600_000],
    ['Bytes', 17, field(16, LENGTH, [2, 1, 2]), Uint8Array.of(1, 2)],
    ['an Int32Array, kept as bytes', 24, field(16, LENGTH, [4, 1, 0, 0, 0]), Uint8Array.of(1, 0, 0, 0)],
    ['a DataSet, skipped', 16, field(17, LENGTH, [3, 8, 1, 0x10]), null],
    ['a Template, skipped', 19, field(18, LENGTH, [2, 0xff, 0xff]), null],
  ])('reads %s', (_, datatype, value, expected) => {
    const metric = [...field(4, VARINT, [datatype]), ...value]
    expect(decodeSparkplug(Uint8Array.from([0x12, metric.length, ...metric])).metrics[0]?.value).toEqual(expected)
  })

  it('reads engineering units from the properties, whatever the key is called', () => {
    const property = [...field(1, VARINT, [12]), ...field(8, LENGTH, text('bar'))]
    const set = [
      ...field(1, LENGTH, text('engUnit')),
      ...field(1, LENGTH, text('__proto__')),
      ...field(2, LENGTH, [property.length, ...property]),
      ...field(2, LENGTH, [property.length, ...property]),
    ]
    const metric = field(9, LENGTH, [set.length, ...set])
    const { properties } = decodeSparkplug(Uint8Array.from([0x12, metric.length, ...metric])).metrics[0] ?? {}
    expect(Object.entries(properties ?? {})).toEqual([
      ['engUnit', 'bar'],
      ['__proto__', 'bar'],
    ])
  })

  it('gives back every scalar that it writes', () => {
    const payload: SparkplugPayload = {
      timestamp: 1_795_359_600_123_000,
      seq: 255,
      metrics: [
        { name: 'a', datatype: 'Int8', value: -128 },
        { name: 'b', datatype: 'Int16', value: -32_768 },
        { name: 'c', datatype: 'Int32', value: -2_147_483_648 },
        { name: 'd', datatype: 'Int64', value: -(2n ** 63n) },
        { name: 'e', datatype: 'UInt64', value: 2n ** 64n - 1n },
        { name: 'f', datatype: 'Double', value: Math.PI, properties: { engUnit: 'mm/s', engHigh: 45.5, shown: true } },
        { name: 'g', datatype: 'String', value: 'Kreiselpumpe' },
        { name: 'h', alias: 7, datatype: 'Float', value: null, isNull: true },
        { name: 'i', datatype: 'Bytes', value: Uint8Array.of(1, 2, 3) },
        { name: 'j', datatype: 'Boolean', value: false, isHistorical: true, isTransient: false },
      ],
    }
    expect(decodeSparkplug(encodeSparkplug(payload))).toEqual(payload)
  })

  it('refuses to write a number that its data type cannot hold', () => {
    expect(() => encodeSparkplug({ metrics: [{ name: 'a', datatype: 'UInt8', value: 256 }] })).toThrow(CodecError)
    expect(() => encodeSparkplug({ metrics: [{ name: 'a', datatype: 'Int64', value: 2n ** 63n }] })).toThrow(CodecError)
  })

  it('throws only its own error on cut, changed and random bytes', () => {
    const whole = encodeSparkplug({
      timestamp: 1_795_359_600_123_000,
      seq: 3,
      metrics: [{ name: 'a', alias: 300, datatype: 'Double', value: 1, properties: { engUnit: 'g', low: 1 } }],
    })
    const mutated = fc.tuple(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length)).map(([at, value, length]) => {
      const bytes = Uint8Array.from(whole)
      bytes[at] = value
      return bytes.subarray(0, length)
    })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated), (bytes) => {
        try {
          decodeSparkplug(bytes)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(CodecError)
        }
      }),
      { numRuns: 10_000 },
    )
  })

  it('is done with a megabyte of nested groups or empty metrics in no time', () => {
    expect(() => decodeSparkplug(new Uint8Array(1 << 20).fill(0x0b))).toThrow(CodecError)
    const empty = Uint8Array.from({ length: 1 << 20 }, (_, i) => (i % 2 === 0 ? 0x12 : 0))
    expect(() => decodeSparkplug(empty)).toThrow(CodecError)
  })
})
