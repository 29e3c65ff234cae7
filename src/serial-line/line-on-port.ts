import { stat } from 'node:fs/promises'
import { platform } from 'node:process'
import type { SerialPort } from 'serialport'
import { reasonOf } from '../faults/fault.js'
import { portLost, portRefused } from './port-fault.js'
import type { TunableLine } from './serial-line.js'

/** How often it is looked whether the device is still there. */
const LOOK_MS = 500

interface Place {
  /** As asked for; may be a link. */
  readonly path: string
  /** What the link led to when the port was opened. */
  readonly device: string
  /** Of that device file: one that was plugged in again may have the same name. */
  readonly inode: number
}

/** A line on a port that is open. */
export function lineOnPort(port: SerialPort, place: Place): TunableLine {
  const byteListeners = new Set<(bytes: Uint8Array) => void>()
  const closeListeners = new Set<(because: string) => void>()
  const closed = Promise.withResolvers<void>()
  let lostBecause: string | null = null
  let isDisposed = false

  const stopWatching = watchPresence(place, () => leave('the device is no longer there'))
  port.on('data', (bytes: Buffer) => {
    for (const listener of byteListeners) listener(bytes)
  })
  // Whatever goes wrong with an open port ends in 'close', or in the callback of a write.
  port.on('error', () => {})
  port.once('close', (error?: Error | null) => {
    stopWatching()
    closed.resolve()
    tellLost(error ? reasonOf(error) : 'it was closed')
  })

  function leave(because: string): void {
    tellLost(because)
    void close()
  }
  function tellLost(because: string): void {
    if (isDisposed || lostBecause !== null) return
    lostBecause = because
    for (const listener of closeListeners) listener(because)
    closeListeners.clear()
  }
  async function close(): Promise<void> {
    stopWatching()
    if (port.isOpen) {
      // What is still to be sent would hold up the closing, on some adapters for 30 s.
      await settled((done) => port.flush(done))
      if (port.isOpen) port.close((error) => error && closed.resolve())
    }
    await closed.promise
  }

  return {
    path: place.path,
    write: async (bytes) => {
      if (lostBecause !== null || !port.isOpen) throw portLost(place.path, lostBecause ?? 'it is closed')
      const failure = await settled((done) => port.write(Buffer.from(bytes), done))
      if (failure) throw portLost(place.path, lostBecause ?? reasonOf(failure))
    },
    onBytes: (listener) => {
      byteListeners.add(listener)
      return () => byteListeners.delete(listener)
    },
    onClosed: (listener) => {
      if (lostBecause !== null) listener(lostBecause)
      else closeListeners.add(listener)
      return () => closeListeners.delete(listener)
    },
    drain: async () => {
      if (port.isOpen) await Promise.race([settled((done) => port.drain(done)), closed.promise])
    },
    flush: async () => {
      if (port.isOpen) await settled((done) => port.flush(done))
    },
    setBaudRate: async (baudRate) => {
      if (lostBecause !== null || !port.isOpen) throw portLost(place.path, lostBecause ?? 'it is closed')
      const failure = await settled((done) => port.update({ baudRate }, done))
      if (failure) throw portRefused(place.path, `${baudRate} baud: ${reasonOf(failure)}`)
    },
    [Symbol.asyncDispose]: async () => {
      isDisposed = true
      byteListeners.clear()
      closeListeners.clear()
      await close()
    },
  }
}

/** A callback as a promise of what went wrong. */
function settled(act: (done: (error?: Error | null) => void) => unknown): Promise<Error | null> {
  const { promise, resolve } = Promise.withResolvers<Error | null>()
  act((error) => resolve(error ?? null))
  return promise
}

/** A port whose adapter was unplugged reads as empty for ever on Linux instead of failing, so its device file is looked at. */
function watchPresence({ device, inode }: Place, onGone: () => void): () => void {
  if (platform === 'win32') return () => {}
  const timer = setInterval(() => {
    stat(device).then(
      ({ ino }) => ino !== inode && onGone(),
      ({ code }: NodeJS.ErrnoException) => {
        if (code === 'ENOENT' || code === 'ENXIO' || code === 'ENODEV') onGone()
      },
    )
  }, LOOK_MS)
  return () => clearInterval(timer)
}
