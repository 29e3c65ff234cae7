import { createServer, type Server, type Socket } from 'node:net'
import { Aedes, type AedesOptions } from 'aedes'

/** A broker on a port of its own that a test can break and mend. Speaks MQTT 3.1.1 only. */
export interface TestBroker {
  readonly port: number
  publish(topic: string, payload: string | Uint8Array, options?: { readonly retain?: boolean }): Promise<void>
  /** Topics that clients have published to. */
  published(): readonly string[]
  /** Hangs up on everybody and stops listening. */
  breakLine(): Promise<void>
  mendLine(): Promise<void>
  stop(): Promise<void>
}

export async function startBroker(options: AedesOptions = {}): Promise<TestBroker> {
  const aedes = await Aedes.createBroker({ ...options, heartbeatInterval: 60_000 })
  const published: string[] = []
  aedes.on('publish', (packet, client) => {
    if (client) published.push(packet.topic)
  })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    aedes.handle(socket)
  })
  const port = await listen(server, 0)
  const breakLine = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return {
    port,
    publish: (topic, payload, { retain = false } = {}) =>
      new Promise((resolve, reject) => {
        // A machine that speaks on a timer may be in mid-sentence.
        if (aedes.closed) return resolve()
        const packet = { cmd: 'publish', topic, payload: Buffer.from(payload), qos: 0, dup: false, retain } as const
        aedes.publish(packet, (error) => (error ? reject(error) : resolve()))
      }),
    published: () => published,
    breakLine,
    mendLine: async () => {
      await listen(server, port)
    },
    stop: async () => {
      if (server.listening) await breakLine()
      await new Promise<void>((resolve) => aedes.close(() => resolve()))
    },
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}
