import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { encodeRtu, isSoundRtu } from '../../../drivers/modbus/rtu-frame.js'
import { Fault, reasonOf } from '../../../faults/fault.js'
import { PLANT_HOST, type PlantServer, type RunningPlant } from '../../running-plant.js'
import { answerLine } from './answer-line.js'
import { LINE_UNITS } from './line-units.js'

/** Lengths of questions that the units know: function 17; 43/14; functions 1 to 6. */
const QUESTION_BYTES = [4, 7, 8] as const
const SHORTEST_QUESTION = 4
const MOST_BYTES = 256
const MOST_CONNECTIONS = 16

/** A Modbus RTU line behind a device server: what a serial adapter carries, on a TCP port. Every connection hears only itself. */
export async function startLineServer(plant: RunningPlant, port: number): Promise<PlantServer> {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A client that resets its socket is no concern of the plant's.
    socket.on('error', () => socket.destroy())
    let heard: Uint8Array = new Uint8Array(0)
    socket.on('data', (bytes: Buffer) => {
      heard = Buffer.concat([heard, bytes]).subarray(-MOST_BYTES)
      for (let found = findQuestion(heard); found; found = findQuestion(heard)) {
        heard = heard.subarray(found.end)
        const answer = answerOf(found.frame, plant)
        if (answer && socket.writable) socket.write(answer)
      }
    })
  })
  server.maxConnections = MOST_CONNECTIONS
  const listening = once(server, 'listening')
  server.listen(port, PLANT_HOST)
  await listening.catch((thrown: unknown) => {
    throw new Fault('PLANT_SERVER_FAILED', {
      message: `the plant’s serial line cannot listen on port ${port}`,
      because: reasonOf(thrown),
      cause: thrown,
    })
  })
  return {
    address: `modbus-rtu-tcp://${PLANT_HOST}:${port}`,
    port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** The first sound question; what stands before it is noise. */
function findQuestion(bytes: Uint8Array): { readonly frame: Uint8Array; readonly end: number } | undefined {
  for (let start = 0; start + SHORTEST_QUESTION <= bytes.length; start++) {
    for (const length of QUESTION_BYTES) {
      const end = start + length
      if (end <= bytes.length && isSoundRtu(bytes, start, end)) return { frame: bytes.subarray(start, end), end }
    }
  }
  return undefined
}

function answerOf(frame: Uint8Array, plant: RunningPlant): Uint8Array | undefined {
  const unit = LINE_UNITS.find((known) => known.unit === frame[0])
  if (!unit) return undefined
  const answer = encodeRtu(unit.unit, answerLine(unit, frame.subarray(1, -2), plant))
  if (unit.answers === 'with-bad-crc') answer[answer.length - 1] = (answer.at(-1) ?? 0) ^ 0x5a
  return answer
}
