import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { encodeFrame, splitFrames } from '../drivers/modbus/mbap.js'
import { Fault, reasonOf } from '../faults/fault.js'
import { answerClone } from './answer-clone.js'
import type { DeviceClone } from './device-clone.js'

const HOST = '127.0.0.1'
/** A gateway says so of a unit that it does not have. */
const TARGET_SILENT = 0x0b
const MOST_CONNECTIONS = 64

export interface ServedClones extends AsyncDisposable {
  readonly port: number
  /** One address per clone, e.g. `modbus-tcp://127.0.0.1:5020/7`. */
  readonly addresses: readonly string[]
}

/**
 * Serves clones on one Modbus TCP port of this machine, each at its own unit id.
 * @throws Fault CLONE_INVALID where two have the same unit, PLANT_PORT_TAKEN where the port is not free.
 */
export async function serveClones(clones: readonly DeviceClone[], port: number): Promise<ServedClones> {
  const byUnit = new Map(clones.map((clone) => [clone.unit, clone]))
  if (byUnit.size < clones.length)
    throw new Fault('CLONE_INVALID', {
      message: 'two clones have the same unit id; one port can serve only one of them',
      where: { units: clones.map(({ unit }) => unit).join(', ') },
    })
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A client that resets its socket is no concern of the device's.
    socket.on('error', () => socket.destroy())
    let rest: Uint8Array = new Uint8Array(0)
    socket.on('data', (bytes: Buffer) => {
      const split = splitFrames(Buffer.concat([rest, bytes]))
      rest = split.rest
      for (const { transaction, unit, pdu } of split.frames) {
        const clone = byUnit.get(unit)
        const answer = clone ? answerClone(clone, pdu) : Uint8Array.of((pdu[0] ?? 0) | 0x80, TARGET_SILENT)
        socket.write(encodeFrame({ transaction, unit, pdu: answer }))
      }
      if (split.isForeign) socket.destroy()
    })
  })
  server.maxConnections = MOST_CONNECTIONS
  const listening = once(server, 'listening')
  server.listen(port, HOST)
  await listening.catch((thrown: unknown) => {
    throw new Fault('PLANT_PORT_TAKEN', {
      message: `port ${port} on ${HOST} cannot be used for the clone`,
      because: reasonOf(thrown),
      advice: { flag: 'modbus' },
      cause: thrown,
    })
  })
  const bound = (server.address() as AddressInfo).port
  return {
    port: bound,
    addresses: clones.map(({ unit }) => `modbus-tcp://${HOST}:${bound}/${unit}`),
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
