import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net'

/** Stands between client and server; `stall` keeps the sockets and passes nothing on, as a dead switch does. */
export interface StallingProxy {
  readonly port: number
  stall(): void
  stop(): Promise<void>
}

export async function startStallingProxy(target: number): Promise<StallingProxy> {
  const sockets = new Set<Socket>()
  let isStalled = false
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  }
  const server = createServer((near) => {
    const far = keep(createConnection({ host: '127.0.0.1', port: target }))
    keep(near)
    near.on('data', (bytes) => isStalled || far.write(bytes)).on('close', () => far.destroy())
    far.on('data', (bytes) => isStalled || near.write(bytes)).on('close', () => near.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    stall: () => {
      isStalled = true
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
