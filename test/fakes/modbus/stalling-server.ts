import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { answerOf, type FakeDevice } from './device.js'
import { frame } from './server.js'

export interface StallingServer {
  readonly port: number
  /** What came, as it was cut on the wire. */
  readonly chunks: readonly Buffer[]
  stop(): Promise<void>
}

interface StallingOptions {
  readonly device: FakeDevice
  /** What becomes of a piece of a frame. */
  readonly pieces: 'borne' | 'dropped'
  readonly stallMs: number
}

/** Holds each answer but the first back until something has come after the one before, or `stallMs` are over: what Nagle's algorithm and a late acknowledgement do. */
export async function startStallingServer({ device, pieces, stallMs }: StallingOptions): Promise<StallingServer> {
  const sockets = new Set<Socket>()
  const chunks: Buffer[] = []
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    let held: Buffer[] = []
    let timer: NodeJS.Timeout | undefined
    let rest = Buffer.alloc(0)
    const release = (): void => {
      clearTimeout(timer)
      timer = undefined
      if (held.length > 0) send(Buffer.concat(held))
    }
    const send = (bytes: Buffer): void => {
      held = []
      socket.write(bytes)
      timer = setTimeout(release, stallMs)
    }
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      sockets.delete(socket)
    })
    socket.on('data', (bytes: Buffer) => {
      chunks.push(bytes)
      release()
      rest = Buffer.concat([rest, bytes])
      while (rest.length >= 12) {
        const answer = frame(rest.readUInt16BE(0), rest[6] ?? 0, answerOf(device, rest.subarray(7, 12)))
        rest = rest.subarray(12)
        if (timer) held.push(answer)
        else send(answer)
      }
      if (pieces === 'dropped') rest = Buffer.alloc(0)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    chunks,
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
