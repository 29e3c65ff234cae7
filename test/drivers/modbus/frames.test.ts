import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIdentification, parseServerId } from '../../../src/drivers/modbus/identification-pdu.js'
import { encodeFrame, splitFrames } from '../../../src/drivers/modbus/mbap.js'
import { PduError, parseReadReply, readRequest } from '../../../src/drivers/modbus/pdu.js'

const bytes = fc.uint8Array({ maxLength: 300 })
const frames = fc.array(
  fc.record({
    transaction: fc.integer({ min: 0, max: 65_535 }),
    unit: fc.integer({ min: 0, max: 255 }),
    pdu: fc.uint8Array({ minLength: 1, maxLength: 253 }),
  }),
  { maxLength: 5 },
)

describe('frames and PDUs', () => {
  it('encodes a request as the specification’s example does', () => {
    // Modbus application protocol V1.1b3, 6.3: read holding registers 108 to 110; header as in Messaging on TCP/IP V1.0b, 4.2.
    const pdu = readRequest({ table: 'holding', from: 0x6b, quantity: 3 })
    expect(Buffer.from(encodeFrame({ transaction: 0x1501, unit: 0xff, pdu })).toString('hex')).toBe('150100000006ff03006b0003')
  })

  it('reads the specification’s example replies', () => {
    const registers = parseReadReply(Buffer.from('0306022b00000064', 'hex'), { table: 'holding', from: 0x6b, quantity: 3 })
    expect(registers).toEqual({ kind: 'values', values: Uint16Array.of(555, 0, 100) })
    // 6.1: coils 20–38 are CD 6B 05, the lowest in the least significant bit.
    const coils = parseReadReply(Buffer.from('0103cd6b05', 'hex'), { table: 'coil', from: 19, quantity: 19 })
    expect(coils.kind === 'values' && [...coils.values].join('')).toBe('1011001111010110101')
    expect(parseReadReply(Buffer.from('8302', 'hex'), { table: 'holding', from: 0, quantity: 1 })).toEqual({ kind: 'exception', code: 2 })
    // 6.21: basic identification of a device in one answer.
    const identification = parseIdentification(
      Buffer.from(
        `2b0e010100000300${Buffer.from('\x16Company identification').toString('hex')}010d${Buffer.from('Product code ').toString('hex')}0205${Buffer.from('V2.11').toString('hex')}`,
        'hex',
      ),
    )
    expect([...(identification?.objects ?? [])]).toEqual([
      [0, 'Company identification'],
      [1, 'Product code'],
      [2, 'V2.11'],
    ])
  })

  it('finds the same frames however the stream is cut', () => {
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 50 }), (sent, slice) => {
        const stream = Buffer.concat(sent.map(encodeFrame))
        const found: unknown[] = []
        let rest: Uint8Array = new Uint8Array(0)
        for (let at = 0; at < stream.length; at += slice) {
          const split = splitFrames(Buffer.concat([rest, stream.subarray(at, at + slice)]))
          found.push(...split.frames.map(({ transaction, unit, pdu }) => ({ transaction, unit, pdu: new Uint8Array(pdu) })))
          rest = split.rest
          expect(split.isForeign).toBe(false)
        }
        expect(found).toEqual(sent)
        expect(rest.length).toBe(0)
      }),
    )
  })

  it('bears any bytes: frames never throw, PDUs only their own error', () => {
    fc.assert(
      fc.property(bytes, (any) => {
        expect(splitFrames(any).rest.length).toBeLessThan(260)
        for (const parse of [
          () => parseReadReply(any, { table: 'holding', from: 0, quantity: 2 }),
          () => parseIdentification(any),
          () => parseServerId(any),
        ]) {
          try {
            parse()
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(PduError)
          }
        }
      }),
      { numRuns: 5000 },
    )
  })
})
