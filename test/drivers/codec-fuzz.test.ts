import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { DriverFault } from '../../src/drivers/fault.js'
import { ASCII_FRAMING, decodeAscii } from '../../src/drivers/modbus/ascii-frame.js'
import { parseIdentification, parseServerId } from '../../src/drivers/modbus/identification-pdu.js'
import { encodeFrame, splitFrames } from '../../src/drivers/modbus/mbap.js'
import { OverheardTraffic } from '../../src/drivers/modbus/overheard.js'
import { PduError, parseReadReply, readRequest } from '../../src/drivers/modbus/pdu.js'
import { RTU_FRAMING } from '../../src/drivers/modbus/rtu-frame.js'
import { splitAsciiTraffic, splitRtuTraffic } from '../../src/drivers/modbus/traffic.js'
import { parseWriteReply } from '../../src/drivers/modbus/write-pdu.js'
import { extract } from '../../src/drivers/serial/extract.js'
import { Framer } from '../../src/drivers/serial/framer.js'
import { readNmea } from '../../src/drivers/serial/nmea.js'
import { nmeaValuesOf } from '../../src/drivers/serial/nmea-values.js'
import { compilePattern } from '../../src/drivers/serial/pattern/compile-pattern.js'
import { randomOf } from '../fakes/modbus-line/noise.js'

/** The bar is a million inputs each (`npm run fuzz`); the suite does with fewer. */
const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? 4000)
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_122)
const LONGEST_INPUT = 600
/** What a codec may keep between inputs, and turn one input into. */
const MOST_KEPT_BYTES = 4096

type Random = () => number

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const READ = readRequest({ table: 'holding', from: 100, quantity: 4 })
const ANSWER = Uint8Array.of(3, 8, 1, 2, 3, 4, 5, 6, 7, 8)
const IDENTITY = Uint8Array.of(0x2b, 0x0e, 1, 1, 0, 0, 2, 0, 4, 65, 67, 77, 69, 1, 2, 80, 88)
const ASKED = [READ, readRequest({ table: 'coil', from: 0, quantity: 20 }), Uint8Array.of(43, 14, 1, 0), Uint8Array.of(17)].map((pdu) => ({
  unit: 7,
  pdu,
}))

interface Codec {
  /** Inputs that are as they should be; others are made of them. */
  readonly sound: readonly Uint8Array[]
  /** What may be thrown; nothing where left out. */
  readonly error?: abstract new (
    ...args: never[]
  ) => Error
  /** @returns how many bytes it keeps or made of it. */
  readonly feed: (bytes: Uint8Array) => number
}

function total(parts: readonly { readonly length: number }[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0)
}

/** A stream: what is left of one input is put before the next. */
function stream(
  split: (bytes: Uint8Array) => { readonly frames: readonly { readonly pdu: Uint8Array }[]; readonly rest: Uint8Array },
): Codec['feed'] {
  let rest: Uint8Array = new Uint8Array(0)
  return (bytes) => {
    const { frames, rest: left } = split(Buffer.concat([rest, bytes]))
    rest = Uint8Array.from(left)
    return rest.length + total(frames.map(({ pdu }) => pdu))
  }
}

function framerOf(framing: ConstructorParameters<typeof Framer>[0]): Codec['feed'] {
  const framer = new Framer(framing, 0)
  let ms = 0
  return (bytes) => {
    ms += 7
    const messages = framer.push(bytes, { at: ms * 1000, ms })
    for (const { text } of messages) expect(text.length).toBeLessThanOrEqual(MOST_KEPT_BYTES)
    return framer.unfinished.length
  }
}

const NMEA = bytesOf('$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n')
const LINE = bytesOf('FLOW 12.5 m3/h; T=21.5C, RH=40%\r\n')
const patterns = ['(?<value>[-+]?\\d+(\\.\\d+)?)\\s*(?<unit>\\S+)', '(a+)+(?<value>\\d)$', '^(?<value>.*?)[;,]'].map((source) =>
  compilePattern(source),
)

const overheard = new OverheardTraffic()
const CODECS: Readonly<Record<string, Codec>> = {
  'RTU answers': {
    sound: [RTU_FRAMING.encode(7, ANSWER), RTU_FRAMING.encode(7, IDENTITY), RTU_FRAMING.encode(7, Uint8Array.of(0x83, 2))],
    feed: (bytes) => (RTU_FRAMING.find(bytes, 0, ASKED)?.pdu.length ?? 0) + Number(RTU_FRAMING.findStranger(bytes, READ) ?? 0),
  },
  'ASCII answers': {
    sound: [ASCII_FRAMING.encode(7, ANSWER), ASCII_FRAMING.encode(7, IDENTITY)],
    feed: (bytes) => (ASCII_FRAMING.find(bytes, 0, ASKED)?.pdu.length ?? 0) + (decodeAscii(bytes)?.pdu.length ?? 0),
  },
  'RTU traffic': { sound: [RTU_FRAMING.encode(7, READ), RTU_FRAMING.encode(7, ANSWER)], feed: stream(splitRtuTraffic) },
  'ASCII traffic': { sound: [ASCII_FRAMING.encode(7, READ), ASCII_FRAMING.encode(7, ANSWER)], feed: stream(splitAsciiTraffic) },
  'overheard questions': {
    sound: [READ, ANSWER, IDENTITY],
    feed: (bytes) => {
      overheard.take({ unit: bytes[0] ?? 0, pdu: bytes.subarray(1) }, 1)
      return 0
    },
  },
  'MBAP frames': {
    sound: [encodeFrame({ transaction: 1, unit: 7, pdu: ANSWER }), encodeFrame({ transaction: 2, unit: 7, pdu: IDENTITY })],
    feed: stream(splitFrames),
  },
  'read replies': {
    sound: [ANSWER, Uint8Array.of(0x83, 2)],
    error: PduError,
    feed: (bytes) => {
      const reply = parseReadReply(bytes, { table: 'holding', from: 100, quantity: 4 })
      return reply.kind === 'values' ? reply.values.byteLength : 0
    },
  },
  identifications: {
    sound: [IDENTITY],
    error: PduError,
    feed: (bytes) => total([...(parseIdentification(bytes)?.objects.values() ?? [])]),
  },
  'server ids': { sound: [Uint8Array.of(17, 4, 65, 66, 67, 0xff)], error: PduError, feed: (bytes) => parseServerId(bytes)?.length ?? 0 },
  'write replies': {
    sound: [Uint8Array.of(6, 0, 1, 0, 7)],
    error: PduError,
    feed: (bytes) => parseWriteReply(bytes, { kind: 'registers', at: 1, registers: Uint16Array.of(7) })?.length ?? 0,
  },
  'NMEA sentences': {
    sound: [NMEA, bytesOf('!AIVDM,1,1,,A,13aEOK?P00PD2wVMdLDRhgvL289?,0*26')],
    feed: (bytes) => {
      const read = readNmea(textOf(bytes).trim())
      return read.kind === 'sentence' ? nmeaValuesOf(read.sentence).length : 0
    },
  },
  'lines of text': { sound: [LINE, NMEA], feed: framerOf({ kind: 'lines' }) },
  'messages by delimiter': { sound: [bytesOf('\x02123\x03'), LINE], feed: framerOf({ kind: 'delimiter', delimiter: bytesOf('\r\n') }) },
  'messages by length': { sound: [LINE], feed: framerOf({ kind: 'length', length: 9 }) },
  'messages by gap': { sound: [LINE], feed: framerOf({ kind: 'gap', gapMs: 5 }) },
  'values by pattern': {
    sound: [LINE, bytesOf(`${'a'.repeat(300)}!`)],
    error: DriverFault,
    feed: (bytes) =>
      total(
        patterns.map((program) => String(extract({ wanted: { kind: 'pattern', program }, decimal: 'point' }, textOf(bytes))?.kind ?? '')),
      ),
  },
  'values by name': {
    sound: [LINE],
    error: DriverFault,
    feed: (bytes) => String(extract({ wanted: { kind: 'key', key: 'FLOW' }, decimal: 'comma' }, textOf(bytes))?.kind ?? '').length,
  },
}

describe(`codecs, fed ${INPUTS} random and spoilt inputs (seed ${SEED})`, () => {
  for (const [index, [name, { sound, error, feed }]] of Object.entries(CODECS).entries())
    it(`take any bytes as ${name}: they throw nothing but their own error, and keep little`, { timeout: 900_000 }, () => {
      const random = randomOf(SEED + index)
      let most = 0
      for (let count = 0; count < INPUTS; count++) {
        const input = inputOf(sound, random)
        try {
          most = Math.max(most, feed(input))
        } catch (thrown) {
          if (!error || !(thrown instanceof error)) expect.fail(`${String(thrown)} at ${Buffer.from(input).toString('hex')}`)
        }
      }
      expect(most).toBeLessThanOrEqual(MOST_KEPT_BYTES)
    })
})

/** Random bytes, sound inputs, and what becomes of sound inputs: bits turned over, bytes put in, taken out or doubled, ends cut off, two run together. */
function inputOf(sound: readonly Uint8Array[], random: Random): Uint8Array {
  const below = (limit: number): number => Math.floor(random() * limit)
  if (random() < 0.25) return Uint8Array.from({ length: below(random() < 0.1 ? LONGEST_INPUT : 40) }, () => below(256))
  let bytes = Array.from(sound[below(sound.length)] ?? [])
  for (let changes = below(5); changes > 0; changes--) {
    const at = below(bytes.length + 1)
    switch (below(6)) {
      case 0:
        bytes[at % Math.max(1, bytes.length)] = (bytes[at % Math.max(1, bytes.length)] ?? 0) ^ (1 << below(8))
        break
      case 1:
        bytes.splice(at, 0, below(256))
        break
      case 2:
        bytes.splice(at, 1 + below(3))
        break
      case 3:
        bytes = bytes.slice(0, at)
        break
      case 4:
        bytes = [...bytes, ...(sound[below(sound.length)] ?? [])].slice(0, LONGEST_INPUT)
        break
      default:
        bytes = [...bytes.slice(0, at), ...bytes].slice(0, LONGEST_INPUT)
    }
  }
  return Uint8Array.from(bytes)
}
