import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { answerOf, exception, type FakeDevice } from './device.js'

/** One request as it reached the far end. */
export interface Request {
  readonly transaction: number
  readonly unit: number
  readonly pdu: Buffer
}

/** What a unit does with a request: it may write what it likes, when it likes. */
export type Behaviour = (request: Request, wire: Wire) => void

/** The far end's side of one connection. */
export interface Wire {
  /** A proper frame. */
  reply(request: Request, pdu: Buffer): void
  /** Any bytes. */
  write(bytes: Uint8Array): void
  /** After so long, unless the connection is gone by then. */
  after(ms: number, act: () => void): void
  /** Ends the connection with RST. */
  reset(): void
}

export interface FakeServer {
  readonly port: number
  /** Every request that came, oldest first. */
  readonly requests: readonly Request[]
  /** How many connections are open now, and how many there were at the same time at most. */
  readonly connections: { now: number; most: number; total: number; reset: number }
  /** Cuts all connections with RST. */
  breakLine(): void
  /** Stops listening; connections stay. */
  close(): Promise<void>
  stop(): Promise<void>
}

/** A Modbus TCP server on a port of 127.0.0.1 whose units are their behaviours; units without one stay silent. */
export async function startFakeServer(units: ReadonlyMap<number, Behaviour>, port = 0): Promise<FakeServer> {
  const sockets = new Set<Socket>()
  const requests: Request[] = []
  const connections = { now: 0, most: 0, total: 0, reset: 0 }
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    connections.total++
    connections.now++
    connections.most = Math.max(connections.most, connections.now)
    const timers = new Set<NodeJS.Timeout>()
    socket.on('error', (error) => {
      if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') connections.reset++
    })
    socket.on('close', () => {
      sockets.delete(socket)
      connections.now--
      for (const timer of timers) clearTimeout(timer)
    })
    const wire: Wire = {
      reply: ({ transaction, unit }, pdu) => wire.write(frame(transaction, unit, pdu)),
      write: (bytes) => void (socket.writable && socket.write(bytes)),
      after: (ms, act) => void timers.add(setTimeout(act, ms)),
      reset: () => void socket.resetAndDestroy(),
    }
    let rest = Buffer.alloc(0)
    socket.on('data', (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes])
      while (rest.length >= 8 && rest.length >= 6 + rest.readUInt16BE(4)) {
        const end = 6 + rest.readUInt16BE(4)
        const request = { transaction: rest.readUInt16BE(0), unit: rest[6] ?? 0, pdu: Buffer.from(rest.subarray(7, end)) }
        rest = rest.subarray(end)
        requests.push(request)
        units.get(request.unit)?.(request, wire)
      }
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const close = async (): Promise<void> => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    if (sockets.size === 0) await closed
  }
  const breakLine = (): void => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    connections,
    breakLine,
    close,
    stop: async () => {
      const closing = server.listening ? once(server, 'close') : undefined
      server.close()
      breakLine()
      await closing
    },
  }
}

export function frame(transaction: number, unit: number, pdu: Uint8Array): Buffer {
  const header = Buffer.alloc(7)
  header.writeUInt16BE(transaction, 0)
  header.writeUInt16BE(pdu.length + 1, 4)
  header[6] = unit
  return Buffer.concat([header, pdu])
}

/** One small behaviour each; `device` is what the unit would say if it were well. */
export const BEHAVIOURS = {
  fine:
    (device: FakeDevice): Behaviour =>
    (request, wire) =>
      wire.reply(request, answerOf(device, request.pdu)),
  /** The byte count is right, bytes are missing. */
  short:
    (device: FakeDevice): Behaviour =>
    (request, wire) =>
      wire.reply(request, answerOf(device, request.pdu).subarray(0, -1)),
  garbage: (): Behaviour => (_, wire) => wire.write(Buffer.from('\x15\xffgarbage on the line\r\n', 'latin1')),
  wrongUnit:
    (device: FakeDevice): Behaviour =>
    (request, wire) =>
      wire.write(frame(request.transaction, request.unit + 100, answerOf(device, request.pdu))),
  wrongTransaction:
    (device: FakeDevice): Behaviour =>
    (request, wire) =>
      wire.write(frame((request.transaction + 7000) & 0xffff, request.unit, answerOf(device, request.pdu))),
  exception:
    (code: number): Behaviour =>
    (request, wire) =>
      wire.reply(request, exception(request.pdu[0] ?? 0, code)),
  silent: (): Behaviour => () => {},
  late:
    (device: FakeDevice, ms: number): Behaviour =>
    (request, wire) =>
      wire.after(ms, () => wire.reply(request, answerOf(device, request.pdu))),
  /** One byte at a time. */
  slices:
    (device: FakeDevice, ms: number): Behaviour =>
    (request, wire) =>
      frame(request.transaction, request.unit, answerOf(device, request.pdu)).forEach((byte, index) =>
        wire.after(index * ms, () => wire.write(Uint8Array.of(byte))),
      ),
  reset: (): Behaviour => (_, wire) => wire.reset(),
} as const
