import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatModbusAddress, parseModbusAddress, parseModbusPoint } from '../../../src/drivers/modbus/address.js'
import { ASCII_FRAMING, encodeAscii, lrc } from '../../../src/drivers/modbus/ascii-frame.js'
import { timingOf } from '../../../src/drivers/modbus/line-timing.js'
import { readRequest } from '../../../src/drivers/modbus/pdu.js'
import { crc16, encodeRtu, RTU_FRAMING } from '../../../src/drivers/modbus/rtu-frame.js'
import { splitAsciiTraffic, splitRtuTraffic } from '../../../src/drivers/modbus/traffic.js'
import { ASCII, RTU, slowCrc } from '../../fakes/modbus-line/wire-format.js'

const QUESTION = { unit: 7, pdu: readRequest({ table: 'holding', from: 100, quantity: 2 }) }
const ANSWER = Uint8Array.of(3, 4, 0x41, 0xbb, 0x33, 0x33)
const garbage = fc.uint8Array({ maxLength: 40 })

describe('RTU frames', () => {
  it('carry the CRC of the specification’s example, and the same as a CRC worked out bit by bit', () => {
    // Serial line V1.02, appendix B: 02 07 gives 0x1241, sent as 41 12.
    expect(crc16(Uint8Array.of(2, 7))).toBe(0x1241)
    expect([...encodeRtu(2, Uint8Array.of(7))]).toEqual([0x02, 0x07, 0x41, 0x12])
    fc.assert(fc.property(fc.uint8Array({ maxLength: 260 }), (bytes) => crc16(bytes) === slowCrc(bytes)))
  })

  it('are found with garbage before and after them, and only as answers of the right unit, function and length', () => {
    fc.assert(
      fc.property(garbage, garbage, (before, after) => {
        const bytes = Buffer.concat([before, RTU.encode(7, ANSWER), after])
        expect([...(RTU_FRAMING.find(bytes, 0, [QUESTION])?.pdu ?? [])]).toEqual([...ANSWER])
      }),
    )
    for (const [unit, pdu] of [
      [8, ANSWER],
      [7, Uint8Array.of(4, ...ANSWER.slice(1))],
      [7, Uint8Array.of(3, 2, 0x41, 0xbb)],
    ] as const)
      expect(RTU_FRAMING.find(RTU.encode(unit, pdu), 0, [QUESTION])).toBeUndefined()
  })

  it('are never made of random bytes, and no bytes make the codec throw', () => {
    const pdu = fc.uint8Array({ minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), pdu, fc.nat(255), (bytes, asked, unit) => {
        RTU_FRAMING.find(bytes, 0, [{ unit, pdu: asked }])
        RTU_FRAMING.findStranger(bytes, asked)
        ASCII_FRAMING.find(bytes, 0, [{ unit, pdu: asked }])
        splitRtuTraffic(bytes)
        splitAsciiTraffic(bytes)
      }),
      { numRuns: 3000 },
    )
  })

  it('that others exchange are taken apart, whatever pieces they come in', () => {
    const talk = Buffer.concat([RTU.encode(7, QUESTION.pdu), RTU.encode(7, ANSWER), RTU.encode(9, Uint8Array.of(0x83, 2))])
    fc.assert(
      fc.property(fc.nat(talk.length), garbage, (cut, before) => {
        const first = splitRtuTraffic(Buffer.concat([before, talk.subarray(0, cut)]))
        const second = splitRtuTraffic(Buffer.concat([first.rest, talk.subarray(cut)]))
        expect([...first.frames, ...second.frames].map(({ unit, pdu }) => [unit, pdu.length])).toEqual([
          [7, 5],
          [7, 6],
          [9, 2],
        ])
      }),
    )
  })
})

describe('ASCII frames', () => {
  it('carry the two’s complement of the sum, and are found among garbage', () => {
    expect(lrc(Uint8Array.of(1, 3, 0, 0x13, 0, 0x25))).toBe(0x100 - 0x3c)
    expect(Buffer.from(encodeAscii(7, ANSWER)).toString('latin1')).toBe(ASCII.encode(7, ANSWER).toString())
    const bytes = Buffer.concat([Buffer.from('\0:0703\xff:', 'latin1'), ASCII.encode(7, ANSWER), Buffer.from(':07')])
    expect([...(ASCII_FRAMING.find(bytes, 0, [QUESTION])?.pdu ?? [])]).toEqual([...ANSWER])
  })
})

describe('a line’s timing', () => {
  it('keeps 3.5 characters between frames, and 1.75 ms above 19200 baud', () => {
    const at = (baudRate: number): number => timingOf({ baudRate, parity: 'even', stopBits: 1, dataBits: 8 }).gapMs
    expect(at(9600)).toBeCloseTo((3.5 * 11 * 1000) / 9600, 6)
    expect([at(38_400), at(115_200)]).toEqual([1.75, 1.75])
  })
})

describe('addresses of serial lines', () => {
  it('say the port, the unit and how the line is set, and read back what they print', () => {
    const ports = ['/dev/ttyUSB0', '/dev/pts/3', '/dev/serial/by-id/usb-FTDI_FT232R-if00-port0', 'COM3', '/dev/cu.usbserial-1410', '/odd/3']
    fc.assert(
      fc.property(
        fc.record({
          scheme: fc.constantFrom('modbus-rtu', 'modbus-ascii'),
          host: fc.constantFrom(...ports),
          baudRate: fc.constantFrom(300, 9600, 19_200, 115_200),
          parity: fc.constantFrom('none', 'even', 'odd'),
          stopBits: fc.constantFrom(1, 2),
          unit: fc.option(fc.integer({ min: 1, max: 247 })),
          register: fc.nat(60_000),
        }),
        ({ scheme, host, baudRate, parity, stopBits, unit, register }) => {
          const medium = { scheme, settings: { baudRate, parity, stopBits, dataBits: scheme === 'modbus-rtu' ? 8 : 7 } } as never
          const device = { host, port: 0, medium, unit }
          expect(parseModbusAddress(formatModbusAddress(device))).toEqual(device)
          const point = { ...parseModbusPoint('modbus-tcp://h/1/holding/0?as=float32'), host, port: 0, medium, unit: unit ?? 1, register }
          expect(parseModbusAddress(formatModbusAddress(point))).toEqual(point)
        },
      ),
    )
  })

  it('may leave the settings out and use the short names of a form', () => {
    const short = 'modbus-rtu:///dev/ttyUSB0/7/holding/100?baud=19200&parity=E&as=float32'
    expect(formatModbusAddress(parseModbusAddress(short))).toBe(
      'modbus-rtu:///dev/ttyUSB0/7/holding/100?baud=19200&parity=even&stop=1&as=float32',
    )
    expect(formatModbusAddress(parseModbusAddress('modbus-rtu:///COM3/7/40101'))).toBe(
      'modbus-rtu:///COM3/7/holding/100?baud=9600&parity=none&stop=1&as=uint16',
    )
  })
})
