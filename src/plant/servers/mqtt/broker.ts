import { createServer, type Socket } from 'node:net'
import { Aedes } from 'aedes'
import { Fault, reasonOf } from '../../../faults/fault.js'
import { PLANT_HOST } from '../../running-plant.js'

/** A subscriber that takes nothing for this long is cut off, so that it cannot hold up the others. */
const SLOW_SUBSCRIBER_MS = 5000

const BROKER_VERSION = 'chatterfix-embedded-plant version 1.2.0'

export interface Broker {
  readonly port: number
  /** Resolves when the broker has handed the message to every subscriber. */
  publish(topic: string, payload: Buffer | string): Promise<void>
  close(): Promise<void>
}

/** An MQTT 3.1.1 broker (aedes) on loopback. */
export async function startBroker(port: number): Promise<Broker> {
  const aedes = await Aedes.createBroker({ drainTimeout: SLOW_SUBSCRIBER_MS })
  // Broken connections are normal; the client sees them itself.
  aedes.on('clientError', () => {})
  aedes.on('connectionError', () => {})
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    aedes.handle(socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(failed(port, cause)))
    server.listen(port, PLANT_HOST, resolve)
  })
  // As mosquitto does: who asks learns what it talks to.
  aedes.publish({ cmd: 'publish', topic: '$SYS/broker/version', payload: BROKER_VERSION, qos: 0, retain: true, dup: false }, () => {})
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound ? bound.port : port,
    publish: (topic, payload) =>
      new Promise((resolve) => {
        aedes.publish({ cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false }, () => resolve())
      }),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await new Promise<void>((resolve) => aedes.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function failed(port: number, cause: unknown): Fault {
  return new Fault('PLANT_SERVER_FAILED', {
    message: `the plant’s MQTT broker cannot listen on port ${port}`,
    because: reasonOf(cause),
    cause,
  })
}
