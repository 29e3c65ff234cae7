import { createSocket, type Socket } from 'node:dgram'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/cli/system-clock.js'
import { askSntp } from '../../src/sntp/ask-sntp.js'
import { decodeAnswer, encodeQuestion, SntpError } from '../../src/sntp/sntp-packet.js'

const SECONDS_1900_TO_1970 = 2_208_988_800
const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close()
})

/** A far end that answers with RFC 4330 packets of its own making; `offsetS` ahead of this machine. */
async function server(answer: (question: Buffer, nowS: number) => Buffer | null): Promise<string> {
  const socket = createSocket('udp4')
  sockets.push(socket)
  socket.on('message', (question, from) => {
    const reply = answer(question, Date.now() / 1000)
    if (reply) socket.send(reply, from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return `127.0.0.1:${socket.address().port}`
}

function reply(question: Buffer, nowS: number, change: { first?: number; stratum?: number; reference?: string } = {}): Buffer {
  const bytes = Buffer.alloc(48)
  bytes[0] = change.first ?? 0x24
  bytes[1] = change.stratum ?? 2
  bytes.write(change.reference ?? '', 12, 'latin1')
  question.copy(bytes, 24, 40, 48)
  for (const at of [32, 40]) {
    bytes.writeUInt32BE((Math.floor(nowS) + SECONDS_1900_TO_1970) % 2 ** 32, at)
    bytes.writeUInt32BE(Math.floor((nowS % 1) * 2 ** 32), at + 4)
  }
  return bytes
}

const ask = (name: string, timeoutMs = 2000) =>
  askSntp({ server: name, timeoutMs, clock: systemClock, signal: new AbortController().signal })

describe('asking a time server', () => {
  it.each([0, 90, -3600])('finds a clock that is %d s behind the server’s', async (offsetS) => {
    const told = await ask(await server((question, nowS) => reply(question, nowS + offsetS)))
    // Half of a round trip on this machine, however busy, is the most it may be off.
    expect(told).toMatchObject({ stratum: 2 })
    if (told.offsetMs === null) throw new Error('no answer')
    expect(Math.abs(told.offsetMs - offsetS * 1000)).toBeLessThanOrEqual(told.roundTripMs / 2 + 2)
  })

  it('asks again where a datagram got lost', async () => {
    let asked = 0
    const name = await server((question, nowS) => (++asked < 3 ? null : reply(question, nowS)))
    expect(await ask(name, 200)).toMatchObject({ stratum: 2 })
    expect(asked).toBe(3)
  })

  it('says why nobody knows where nobody answers', async () => {
    expect(await ask(await server(() => null), 50)).toMatchObject({ offsetMs: null, because: 'no answer within 50 ms' })
  })

  it('takes no time from a server that refuses, does not know it, or answers somebody else', async () => {
    expect(await ask(await server((q, now) => reply(q, now, { stratum: 0, reference: 'RATE' })))).toMatchObject({
      offsetMs: null,
      because: 'it refuses to tell (RATE)',
    })
    expect(await ask(await server((q, now) => reply(q, now, { first: 0xe4 })))).toMatchObject({
      offsetMs: null,
      because: 'it does not know the time itself',
    })
    expect(await ask(await server((_, now) => reply(Buffer.alloc(48), now)))).toMatchObject({
      offsetMs: null,
      because: 'the answer is not to our question',
    })
  })
})

describe('the packets', () => {
  it('reads times of before and after 2036, when the seconds begin anew', () => {
    for (const at of [1_700_000_000.5, 2_085_978_495, 2_085_978_497.25, 2_500_000_000]) {
      const question = encodeQuestion(1_700_000_000_000_000)
      expect(decodeAnswer(reply(question, at), question).transmittedAt / 1e6).toBeCloseTo(at, 5)
    }
  })

  it('meets random bytes with its own error only', () => {
    let seed = 20261122
    const question = encodeQuestion(1_700_000_000_000_000)
    for (let i = 0; i < 20_000; i++) {
      const bytes = Buffer.from(Array.from({ length: (seed >>> 8) % 80 }, () => (seed = (seed * 1664525 + 1013904223) >>> 0) >>> 24))
      seed = (seed * 1664525 + 1013904223) >>> 0
      try {
        decodeAnswer(bytes, question)
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(SntpError)
      }
    }
  })
})
