import { describe, expect, it } from 'vitest'
import { scoreText } from '../../../src/drivers/serial/score-text.js'
import { isText, SPEEDS, trySpeeds } from '../../../src/drivers/serial/try-speeds.js'
import type { TunableLine } from '../../../src/serial-line/serial-line.js'
import { surroundingsOf } from '../../conformance/surroundings.js'

type Frame = { readonly dataBits: 7 | 8; readonly parity: 'none' | 'even' | 'odd' }

/** The level of a line over time as a UART drives it: idle high, a start bit low, data least significant first, parity, a stop bit. */
function waveOf(text: string, { dataBits, parity }: Frame): readonly number[] {
  return [...text].flatMap((letter) => {
    const bits = Array.from({ length: dataBits }, (_, bit) => (letter.charCodeAt(0) >> bit) & 1)
    const odd = bits.reduce((sum, bit) => sum + bit, 0) % 2
    return [0, ...bits, ...(parity === 'none' ? [] : [parity === 'even' ? odd : 1 - odd]), 1]
  })
}

/** What a UART set to 8N1 at another speed makes of it: waits for a falling edge, samples the middle of each bit, drops framing errors. */
function received(wave: readonly number[], { sentBaud, readBaud }: { readonly sentBaud: number; readonly readBaud: number }): Uint8Array {
  const step = sentBaud / readBaud
  const level = (at: number): number => wave[Math.floor(at)] ?? 1
  const bytes: number[] = []
  for (let at = 0; at < wave.length; ) {
    if (level(at) !== 0) {
      at = Math.floor(at) + 1
      continue
    }
    const bits = Array.from({ length: 8 }, (_, bit) => level(at + (bit + 1.5) * step))
    const isFramed = level(at + 9.5 * step) === 1
    if (isFramed) bytes.push(bits.reduce((byte, bit, place) => byte | (bit << place), 0))
    at += 9.5 * step
    while (level(at) === 0 && at < wave.length) at = Math.floor(at) + 1
  }
  return Uint8Array.from(bytes)
}

/** A line to a device that speaks at one speed. */
function deviceAt(sentBaud: number, frame: Frame, text: string): TunableLine {
  let listener: ((bytes: Uint8Array) => void) | undefined
  let baud = 0
  return {
    path: '/dev/ttyFake',
    write: async () => {},
    onBytes: (listen) => {
      listener = listen
      queueMicrotask(() => listener?.(received(waveOf(text, frame), { sentBaud, readBaud: baud })))
      return () => (listener = undefined)
    },
    onClosed: () => () => {},
    drain: async () => {},
    flush: async () => {},
    setBaudRate: async (baudRate) => {
      baud = baudRate
    },
    [Symbol.asyncDispose]: async () => {},
  }
}

const LINES = [
  'FLOW 164.64 m3/h\r\n',
  '$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n',
  'ST,GS,+  12.34kg\r\n',
  '+1.2345E+01\r\n',
]
const quick = { ...surroundingsOf(), clock: { ...surroundingsOf().clock, sleep: async () => {} } }

describe('finding the speed of a line', () => {
  for (const frame of [
    { dataBits: 8, parity: 'none' },
    { dataBits: 7, parity: 'even' },
    { dataBits: 7, parity: 'odd' },
  ] as const)
    it(`finds each speed of a device that sends ${frame.dataBits} data bits and parity ${frame.parity}`, async () => {
      for (const sentBaud of SPEEDS) {
        for (const line of LINES) {
          const trials = await trySpeeds(deviceAt(sentBaud, frame, line.repeat(4)), { question: null, around: quick })
          expect(trials.at(-1), `${line.trim()} at ${sentBaud}`).toMatchObject({ baudRate: sentBaud, found: frame })
        }
      }
    })

  it('takes random bytes for no text, whatever their parity', () => {
    let state = 5
    const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24
    for (let round = 0; round < 2000; round++) expect(isText(scoreText(Uint8Array.from({ length: 12 }, random)))).toBe(false)
  })

  it('is not sure of a handful of bytes', () => {
    expect(scoreText(Buffer.from('12.5')).score).toBe(0)
  })
})
