import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { type FakeLineOptions, fakeLine, type LineRequest, type LineUnit } from './fake-line.js'
import { RealTime } from './real-time.js'

export interface TcpLine {
  readonly port: number
  readonly requests: () => readonly LineRequest[]
  stop(): Promise<void>
}

/** A device server as fakes go: a TCP port whose connections carry the bytes of a line. */
export async function startTcpLine(
  units: ReadonlyMap<number, LineUnit>,
  options: Partial<Omit<FakeLineOptions, 'clock'>> = {},
  port = 0,
): Promise<TcpLine> {
  const clock = new RealTime()
  const sockets = new Set<Socket>()
  const requests: LineRequest[][] = []
  const server = createServer({ noDelay: true }, (socket) => {
    const line = fakeLine(units, { characterMs: 0, ...options, clock })
    requests.push(line.requests as LineRequest[])
    sockets.add(socket)
    line.onBytes((bytes) => void (socket.writable && socket.write(bytes)))
    socket.on('data', (bytes) => void line.write(bytes))
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    requests: () => requests.flat(),
    stop: async () => {
      clock.stop()
      const closed = server.listening ? once(server, 'close') : undefined
      server.close()
      for (const socket of sockets) socket.resetAndDestroy()
      await closed
    },
  }
}
