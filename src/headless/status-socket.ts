import { chmodSync } from 'node:fs'
import { lstat, rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { resolve } from 'node:path'
import { reasonOf } from '../faults/fault.js'
import { type StatusPlace, unusable } from './status-place.js'

/** Who does not read gets hung up on. */
const READER_PATIENCE_MS = 2000
const MOST_READERS = 16
const OWNER_ONLY = 0o600

/** A socket that gives the latest document to whoever connects, and hangs up. Only its owner may connect. */
export async function openStatusSocket(path: string, warn: (text: string) => void): Promise<StatusPlace> {
  const place = resolve(path)
  await clearDead(place)
  let latest = ''
  const readers = new Set<Socket>()
  const server = createServer((reader) => {
    readers.add(reader)
    reader.on('close', () => readers.delete(reader))
    reader.setTimeout(READER_PATIENCE_MS, () => reader.destroy())
    reader.on('error', () => reader.destroy())
    reader.resume()
    reader.end(latest)
  })
  server.maxConnections = MOST_READERS
  await listenAt(server, place)
  server.on('error', (thrown) => warn(`${place} is no longer listened at: ${reasonOf(thrown)}`))
  return {
    tell(status) {
      latest = `${JSON.stringify(status)}\n`
      return Promise.resolve()
    },
    async close() {
      for (const reader of readers) reader.destroy()
      // Node removes the socket's file with it.
      await new Promise<void>((closed) => server.close(() => closed()))
    },
  }
}

async function listenAt(server: Server, place: string): Promise<void> {
  const { promise, resolve: listening, reject } = Promise.withResolvers<void>()
  server.once('error', (thrown) => reject(unusable(place, reasonOf(thrown))))
  server.listen(place, listening)
  // The file is there from here on; `listening` comes a turn later.
  try {
    chmodSync(place, OWNER_ONLY)
  } catch {
    // It could not be made: the error event says why.
  }
  await promise
}

/** A socket that nobody listens at any more is removed; everything else is left. */
async function clearDead(place: string): Promise<void> {
  const found = await lstat(place).catch(() => null)
  if (found === null) return
  if (!found.isSocket()) throw unusable(place, 'it is no socket')
  const answer = await new Promise<'alive' | 'dead'>((tell) => {
    const socket = connect(place)
    socket.once('connect', () => tell('alive')).once('error', () => tell('dead'))
    socket.once('connect', () => socket.destroy())
  })
  if (answer === 'alive') throw unusable(place, 'another program listens there')
  await rm(place, { force: true })
}
