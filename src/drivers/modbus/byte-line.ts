import type { Socket } from 'node:net'

/** What carries bytes both ways: a serial port, or a TCP connection to one. */
export interface ByteLine extends AsyncDisposable {
  write(bytes: Uint8Array): Promise<void>
  onBytes(listener: (bytes: Uint8Array) => void): () => void
  /** Once, when it went away by itself. */
  onClosed(listener: (because: string) => void): () => void
}

/** How long the far end may take to close its side before the socket is destroyed. */
const FIN_PATIENCE_MS = 300

/** A TCP connection that carries the bytes of a serial line; closed with FIN. */
export function byteLineOn(socket: Socket): ByteLine {
  const closeListeners = new Set<(because: string) => void>()
  const tell = (because: string): void => {
    for (const listener of closeListeners) listener(because)
    closeListeners.clear()
  }
  socket.on('error', (error) => tell(error.message))
  socket.on('end', () => tell('the far end closed it'))
  socket.on('close', () => tell('it was closed'))
  return {
    // A socket that fails says so by 'close'; the question on its way ends with the line.
    write: (bytes) => {
      socket.write(bytes)
      return Promise.resolve()
    },
    onBytes: (listener) => {
      socket.on('data', listener)
      return () => socket.off('data', listener)
    },
    onClosed: (listener) => {
      if (socket.destroyed || socket.readableEnded) listener('it was closed')
      else closeListeners.add(listener)
      return () => closeListeners.delete(listener)
    },
    [Symbol.asyncDispose]: async () => {
      closeListeners.clear()
      if (socket.closed) return
      const closed = Promise.withResolvers<void>()
      socket.once('close', () => closed.resolve())
      const timer = setTimeout(() => socket.destroy(), FIN_PATIENCE_MS)
      socket.end()
      await closed.promise
      clearTimeout(timer)
    },
  }
}
