import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CodecError } from '../../../src/drivers/mqtt/codec-error.js'
import { decodeWaveformBlock, encodeWaveformBlock, looksLikeWaveformBlock } from '../../../src/drivers/mqtt/waveform-block.js'

const STARTED_AT = 1_795_359_600_000_000

/** The layout of the README, written out byte by byte. */
const LITERAL = Uint8Array.from([
  ...[0x43, 0x46, 0x57, 0x56, 1, 2, 0, 0],
  ...littleEndian64(BigInt(STARTED_AT)),
  ...[0, 0, 0, 0, 0, 0, 0xd9, 0x40], // 25600 = 1.5625 × 2^14: exponent 1023 + 14 = 0x40d, mantissa 0.5625 = 0x9
  ...[12, 0, 0, 0, 3, 0, 0, 0],
  ...[0, 0, 0, 0, 0, 0, 0xe0, 0x3f], // 0.5
  ...[1, 0x67, 0, 0, 0, 0, 0, 0], // 'g'
  ...[2, 0, 0xfe, 0xff, 0xff, 0x7f], // 2, −2, 32767
])

function littleEndian64(value: bigint): number[] {
  return Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn))
}

describe('waveform blocks', () => {
  it('reads the documented layout', () => {
    const block = decodeWaveformBlock(LITERAL)
    expect(block).toMatchObject({ startedAt: STARTED_AT, sampleRateHz: 25_600, sequence: 12, unit: 'g', format: 'int16', scale: 0.5 })
    expect([...block.samples]).toEqual([1, -1, 16_383.5])
  })

  it('writes the documented layout', () => {
    const samples = Float64Array.of(1, -1, 16_383.5)
    const written = encodeWaveformBlock({
      startedAt: STARTED_AT,
      sampleRateHz: 25_600,
      sequence: 12,
      unit: 'g',
      samples,
      format: 'int16',
      scale: 0.5,
    })
    expect(written).toEqual(LITERAL)
  })

  it('gives back any float block bit by bit', () => {
    const finite = { noNaN: true, noDefaultInfinity: true }
    const samples = fc.oneof(fc.float32Array(finite), fc.float64Array(finite))
    const whole = fc.record({
      startedAt: fc.maxSafeInteger(),
      sampleRateHz: fc.double({ min: 0.001, max: 1e7, noNaN: true }),
      sequence: fc.nat(0xffffffff),
      unit: fc.constantFrom('', 'g', 'm/s²', 'mm/s'),
      samples,
    })
    fc.assert(
      fc.property(whole, (block) => {
        const read = decodeWaveformBlock(encodeWaveformBlock(block))
        expect(read).toEqual({ ...block, format: block.samples instanceof Float32Array ? 'float32' : 'float64' })
      }),
    )
  })

  it('keeps int16 samples within half a count', () => {
    const samples = Float32Array.from({ length: 1000 }, (_, i) => 5 * Math.sin(i))
    const read = decodeWaveformBlock(
      encodeWaveformBlock({ startedAt: 0, sampleRateHz: 1, sequence: 0, unit: 'g', samples, format: 'int16' }),
    )
    const worst = Math.max(...read.samples.map((sample, i) => Math.abs(sample - (samples[i] ?? 0))))
    expect(worst).toBeLessThan((0.51 * 5) / 32_767)
  })

  it('refuses to clip a sample that does not fit', () => {
    const block = {
      startedAt: 0,
      sampleRateHz: 1,
      sequence: 0,
      unit: 'g',
      samples: Float32Array.of(40_000),
      format: 'int16',
      scale: 1,
    } as const
    expect(() => encodeWaveformBlock(block)).toThrow(CodecError)
  })

  it('throws only its own error on cut, changed and random bytes', () => {
    const mutated = fc.tuple(fc.nat(LITERAL.length - 1), fc.nat(255), fc.nat(LITERAL.length)).map(([at, value, length]) => {
      const bytes = Uint8Array.from(LITERAL)
      bytes[at] = value
      return bytes.subarray(0, length)
    })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), mutated), (bytes) => {
        try {
          decodeWaveformBlock(bytes)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(CodecError)
        }
      }),
      { numRuns: 5000 },
    )
  })

  it('knows a block by its first bytes', () => {
    expect(looksLikeWaveformBlock(LITERAL)).toBe(true)
    expect(looksLikeWaveformBlock(new TextEncoder().encode('{"value": 1.5, "unit": "a long enough text"}'))).toBe(false)
  })
})
