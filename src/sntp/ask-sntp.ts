import { createSocket } from 'node:dgram'
import { reasonOf } from '../faults/fault.js'
import type { Clock, ClockComparison } from '../readings/clock.js'
import { decodeAnswer, encodeQuestion, SntpError } from './sntp-packet.js'

/** Nobody answered: the datagram may have got lost. Everything else will not get better by asking again. */
class Silence extends SntpError {}

const PORT = 123
const ATTEMPTS = 3

export interface SntpQuestion {
  /** `host` or `host:port`; an IPv6 address in brackets. */
  readonly server: string
  /** How long one attempt waits. */
  readonly timeoutMs: number
  readonly clock: Clock
  readonly signal: AbortSignal
}

/**
 * Asks a time server how far this machine's clock is off; up to three times, as a datagram may get lost. Never rejects.
 *
 * offset = ((T2 − T1) + (T3 − T4)) / 2, round trip = (T4 − T1) − (T3 − T2); T4 is T1 carried on by the monotonic clock, so that a wall clock
 * set meanwhile spoils nothing.
 * @see RFC 4330 §5
 */
export async function askSntp(question: SntpQuestion): Promise<ClockComparison> {
  const { server } = question
  let because = 'nobody asked'
  for (let attempt = 0; attempt < ATTEMPTS && !question.signal.aborted; attempt++) {
    try {
      return await askOnce(question)
    } catch (thrown) {
      because = reasonOf(thrown)
      if (!(thrown instanceof Silence)) break
    }
  }
  return { server, offsetMs: null, because }
}

async function askOnce({ server, timeoutMs, clock, signal }: SntpQuestion): Promise<ClockComparison> {
  const { host, port } = hostAndPort(server)
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  const answered = Promise.withResolvers<ClockComparison>()
  const settled = new AbortController()
  try {
    const sentAt = clock.now()
    const sentMs = clock.monotonicMs()
    const sent = encodeQuestion(sentAt)
    socket.on('error', (error) => answered.reject(error))
    socket.on('message', (bytes) => {
      try {
        const { receivedAt, transmittedAt, stratum } = decodeAnswer(bytes, sent)
        const tripMicros = (clock.monotonicMs() - sentMs) * 1000
        const offsetMicros = (receivedAt - sentAt + transmittedAt - (sentAt + tripMicros)) / 2
        const roundTripMs = Math.max(0, (tripMicros - (transmittedAt - receivedAt)) / 1000)
        answered.resolve({ server, offsetMs: offsetMicros / 1000, roundTripMs, stratum })
      } catch (thrown) {
        answered.reject(thrown)
      }
    })
    // Connected, so that only the server's own answers come in, and a closed port is told at once.
    socket.connect(port, host, (error?: Error) => {
      if (error) answered.reject(error)
      else socket.send(sent)
    })
    const late = clock.sleep(timeoutMs, AbortSignal.any([signal, settled.signal])).then(() => {
      answered.reject(new Silence(signal.aborted ? 'it was stopped' : `no answer within ${timeoutMs} ms`))
    })
    const comparison = await answered.promise
    settled.abort()
    await late
    return comparison
  } finally {
    settled.abort()
    socket.close()
  }
}

function hostAndPort(server: string): { readonly host: string; readonly port: number } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(server) ?? []
  return { host: bracketed ?? plain ?? server, port: port === undefined ? PORT : Number(port) }
}
