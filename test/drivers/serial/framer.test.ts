import { describe, expect, it } from 'vitest'
import { Framer } from '../../../src/drivers/serial/framer.js'
import type { Framing } from '../../../src/drivers/serial/serial-address.js'

const at = (ms: number) => ({ at: 1_700_000_000_000_000 + ms * 1000, ms })
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

/** Says each piece after its pause. */
function messagesOf(framing: Framing, pieces: readonly (readonly [pauseMs: number, text: string])[]) {
  const framer = new Framer(framing, 0)
  let ms = 0
  const messages = pieces.flatMap(([pauseMs, text]) => framer.push(bytes(text), at((ms += pauseMs))))
  return { messages, framer, ms }
}

describe('framing', () => {
  it('ends a line at CR, LF or both, and knows no empty lines', () => {
    const { messages } = messagesOf({ kind: 'lines' }, [
      [200, 'a 1\r\nb'],
      [1, ' 2\rc 3\n\n\r\nd'],
    ])
    expect(messages.map(({ text }) => text)).toEqual(['a 1', 'b 2', 'c 3'])
  })

  it('marks a message as torn whose beginning may have come before the port was opened', () => {
    const early = messagesOf({ kind: 'lines' }, [[5, '2.34 m3/h\r\nFLOW 12.34 m3/h\r\n']])
    expect(early.messages.map(({ isTorn }) => isTorn)).toEqual([true, false])
    const afterSilence = messagesOf({ kind: 'lines' }, [[150, 'FLOW 12.34 m3/h\r\n']])
    expect(afterSilence.messages.map(({ isTorn }) => isTorn)).toEqual([false])
  })

  it('ends a message at a delimiter of several bytes, also when it comes in two pieces', () => {
    const { messages } = messagesOf({ kind: 'delimiter', delimiter: bytes('\r\n') }, [
      [200, 'a\rb\r'],
      [1, '\nc\r\n'],
    ])
    expect(messages.map(({ text }) => text)).toEqual(['a\rb', 'c'])
  })

  it('finds messages of fixed length by the pauses between them, and only by those', () => {
    const { messages } = messagesOf({ kind: 'length', length: 4 }, [
      [10, '99'],
      [150, '1234'],
      [150, '567'],
      [1, '8'],
    ])
    expect(messages.map(({ text, isTorn }) => [text, isTorn])).toEqual([
      ['1234', false],
      ['5678', false],
    ])
    const endless = messagesOf({ kind: 'length', length: 4 }, [[10, '34123412341']])
    expect(endless.messages.every(({ isTorn }) => isTorn)).toBe(true)
  })

  it('ends a message where it is quiet for long enough', () => {
    const { messages, framer, ms } = messagesOf({ kind: 'gap', gapMs: 50 }, [
      [60, '12'],
      [10, '.5'],
      [50, '13.5'],
    ])
    expect(messages.map(({ text }) => text)).toEqual(['12.5'])
    expect(framer.remainingMs(ms + 20)).toBe(30)
    expect(framer.idle()?.text).toBe('13.5')
    expect(framer.remainingMs(ms + 20)).toBeNull()
  })

  it('throws a message of more than 4 KiB away, counts it, and finds the next', () => {
    for (const framing of [{ kind: 'lines' }, { kind: 'delimiter', delimiter: bytes('\r\n') }] as const) {
      const { messages, framer } = messagesOf(framing, [[200, `${'x'.repeat(10_000)}\r\nnext\r\n`]])
      expect(messages.map(({ text }) => text)).toEqual(['next'])
      expect(framer.tooLong).toBe(1)
    }
  })

  it('reads UTF-8 as that, and other bytes one by one', () => {
    const { messages } = messagesOf({ kind: 'lines' }, [[200, '21 \xc2\xb0C\n21 \xb0C\n']])
    expect(messages.map(({ text }) => text)).toEqual(['21 °C', '21 °C'])
  })
})
