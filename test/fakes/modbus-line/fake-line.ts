import type { ByteLine } from '../../../src/drivers/modbus/byte-line.js'
import { bitErrors, randomOf } from './noise.js'
import { RTU, type WireFormat } from './wire-format.js'

/** One request as a unit got it. */
export interface LineRequest {
  readonly unit: number
  readonly pdu: Buffer
}

/** What a unit can do to the line. */
export interface Wire {
  /** A whole frame, after so many ms. */
  reply(request: LineRequest, pdu: Uint8Array, afterMs?: number): void
  /** Any bytes, after so many ms. */
  write(bytes: Uint8Array, afterMs?: number): void
  readonly format: WireFormat
  readonly random: () => number
  readonly nowMs: () => number
}

/** What a unit does with a request that reached it. */
export type LineUnit = (request: LineRequest, wire: Wire) => void

export interface FakeLineOptions {
  readonly seed?: number
  readonly bitErrorRate?: number
  /** The adapter hears what it sends. */
  readonly echo?: 'echoes'
  readonly format?: WireFormat
  readonly characterMs?: number
  readonly clock: { monotonicMs(): number; after(ms: number, act: () => void): unknown }
}

export interface FakeLine extends ByteLine {
  /** Requests that were sent to it, spoilt ones not counted. */
  readonly requests: readonly LineRequest[]
  readonly sentBytes: () => number
  /** Bytes of somebody else. */
  inject(bytes: Uint8Array): void
  hangUp(): void
}

/** How long a unit thinks before it answers. */
const TURNAROUND_MS = 5

/** A line in this process whose units are their behaviours; units without one stay silent. */
export function fakeLine(units: ReadonlyMap<number, LineUnit>, options: FakeLineOptions): FakeLine {
  const { format = RTU, characterMs = 1, clock } = options
  const after = clock.after.bind(clock)
  const random = randomOf(options.seed ?? 1)
  const spoil = bitErrors(options.bitErrorRate ?? 0, random)
  const listeners = new Set<(bytes: Uint8Array) => void>()
  const closeListeners = new Set<(because: string) => void>()
  const requests: LineRequest[] = []
  let heard: Uint8Array = new Uint8Array(0)
  let sent = 0
  const deliver = (bytes: Uint8Array): void => {
    for (const listener of listeners) listener(bytes)
  }
  const put = (bytes: Uint8Array, afterMs: number): void => {
    const spoilt = spoil(bytes)
    // Sometimes in two pieces, as adapters hand over what they have.
    const cut = random() < 0.3 ? Math.floor(random() * spoilt.length) : spoilt.length
    const arrivalMs = afterMs + bytes.length * characterMs
    if (cut > 0) after(afterMs + cut * characterMs, () => deliver(spoilt.subarray(0, cut)))
    if (cut < spoilt.length) after(arrivalMs, () => deliver(spoilt.subarray(cut)))
  }
  const wire: Wire = {
    format,
    random,
    nowMs: () => clock.monotonicMs(),
    write: (bytes, afterMs = TURNAROUND_MS) => put(bytes, afterMs),
    reply: ({ unit }, pdu, afterMs = TURNAROUND_MS) => put(format.encode(unit, pdu), afterMs),
  }
  return {
    requests,
    sentBytes: () => sent,
    inject: deliver,
    hangUp: () => {
      for (const listener of closeListeners) listener('the adapter was pulled out')
    },
    write: async (bytes) => {
      sent += bytes.length
      if (options.echo === 'echoes') after(bytes.length * characterMs, () => deliver(spoil(bytes)))
      const onAirMs = bytes.length * characterMs
      const arrived = spoil(Uint8Array.from(bytes))
      after(onAirMs, () => {
        heard = Buffer.concat([heard.subarray(-300), arrived])
        const { requests: taken, used } = format.takeRequests(heard)
        heard = heard.subarray(used)
        for (const request of taken) {
          requests.push(request)
          units.get(request.unit)?.(request, wire)
        }
      })
    },
    onBytes: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onClosed: (listener) => {
      closeListeners.add(listener)
      return () => closeListeners.delete(listener)
    },
    [Symbol.asyncDispose]: async () => {
      listeners.clear()
      closeListeners.clear()
    },
  }
}
