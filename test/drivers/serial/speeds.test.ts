import { describe, expect, it } from 'vitest'
import { detectSettings } from '../../../src/drivers/serial/detect-settings.js'
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

interface Receiver extends Frame {
  readonly readBaud: number
  /** Whether it drops a character whose parity bit is wrong; Linux does not unless it is told to (INPCK). */
  readonly parityErrors: 'dropped' | 'passed-on'
}

/** What a UART makes of it: waits for a falling edge, samples the middle of each bit, drops framing errors. */
function received(wave: readonly number[], sentBaud: number, { readBaud, dataBits, parity, parityErrors }: Receiver): Uint8Array {
  const step = sentBaud / readBaud
  const level = (at: number): number => wave[Math.floor(at)] ?? 1
  const bytes: number[] = []
  const place = 1.5 + dataBits + (parity === 'none' ? 0 : 1)
  for (let at = 0; at < wave.length; ) {
    if (level(at) !== 0) {
      at = Math.floor(at) + 1
      continue
    }
    const bits = Array.from({ length: dataBits }, (_, bit) => level(at + (bit + 1.5) * step))
    const odd = bits.reduce((sum, bit) => sum + bit, 0) % 2
    const isEven = (odd + level(at + (1.5 + dataBits) * step)) % 2 === 0
    const isParityRight = parity === 'none' || parityErrors === 'passed-on' || isEven === (parity === 'even')
    const isFramed = level(at + place * step) === 1
    if (isFramed && isParityRight) bytes.push(bits.reduce((byte, bit, index) => byte | (bit << index), 0))
    at += place * step
    while (level(at) === 0 && at < wave.length) at = Math.floor(at) + 1
  }
  return Uint8Array.from(bytes)
}

interface Device extends Frame {
  readonly sentBaud: number
  readonly text: string
}

/** A line to a device that speaks at one speed; the end on our side is set as it is opened. */
function lineTo({ sentBaud, text, ...frame }: Device, own: Partial<Receiver> = {}): TunableLine {
  let listener: ((bytes: Uint8Array) => void) | undefined
  const receiver = { dataBits: 8, parity: 'none', readBaud: 9600, parityErrors: 'passed-on', ...own } as const
  let baud: number = receiver.readBaud
  return {
    path: '/dev/ttyFake',
    write: async () => {},
    onBytes: (listen) => {
      listener = listen
      queueMicrotask(() => listener?.(received(waveOf(text, frame), sentBaud, { ...receiver, readBaud: baud })))
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
          const trials = await trySpeeds(lineTo({ sentBaud, ...frame, text: line.repeat(4) }), { question: null, around: quick })
          expect(trials.at(-1), `${line.trim()} at ${sentBaud}`).toMatchObject({ baudRate: sentBaud, found: frame })
        }
      }
    })

  const OPEN = { baud: 'auto', dataBits: null, parity: null, stopBits: null } as const
  for (const parityErrors of ['passed-on', 'dropped'] as const)
    for (const [dataBits, parity] of [
      [8, 'none'],
      [7, 'even'],
      [7, 'odd'],
      [8, 'even'],
      [8, 'odd'],
    ] as const)
      it(`finds speed and ${dataBits} data bits with parity ${parity}, parity errors being ${parityErrors}`, async () => {
        for (const sentBaud of SPEEDS)
          for (const line of LINES) {
            const text = line.repeat(12)
            const opened: string[] = []
            const { settings } = await detectSettings('/dev/ttyFake', {
              merged: OPEN,
              question: null,
              around: quick,
              open: async (options) => {
                opened.push(`${options.dataBits} ${options.parity}`)
                return lineTo({ sentBaud, dataBits, parity, text }, { ...options, readBaud: options.baudRate, parityErrors })
              },
            })
            expect(settings, `${line.trim()} at ${sentBaud}`).toEqual({ baudRate: sentBaud, dataBits, parity, stopBits: 1 })
            // A port is opened a second time only where half of the characters seem to be missing.
            expect(opened).toEqual(dataBits === 8 && parity !== 'none' ? ['8 none', `8 ${parity}`] : ['8 none'])
          }
      })

  it('takes text that has characters of one sort by chance for what it is', async () => {
    // 1, 2, 4, 7, 8 and CR have an odd number of ones.
    const text = '12478\r'.repeat(20)
    const { settings } = await detectSettings('/dev/ttyFake', {
      merged: OPEN,
      question: null,
      around: quick,
      open: async (options) => lineTo({ sentBaud: 9600, dataBits: 8, parity: 'none', text }, { ...options, readBaud: options.baudRate }),
    })
    expect(settings).toMatchObject({ baudRate: 9600, dataBits: 8, parity: 'none' })
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
