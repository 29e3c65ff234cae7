import { connect } from 'node:net'
import type { Surroundings } from '../drivers/contract.js'

/** Whether something accepts connections there, within the time-out; closed again at once with FIN. */
export async function isPortOpen(host: string, port: number, { signal, timeoutMs }: Surroundings): Promise<boolean> {
  if (signal.aborted) return false
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect({ host, port })
  const giveUp = (): void => resolve(false)
  signal.addEventListener('abort', giveUp, { once: true })
  socket.setTimeout(timeoutMs, giveUp)
  socket.once('connect', () => resolve(true))
  socket.once('error', giveUp)
  const isOpen = await promise
  signal.removeEventListener('abort', giveUp)
  if (isOpen) {
    socket.end()
    const closed = Promise.withResolvers<void>()
    socket.once('close', () => closed.resolve())
    socket.resume()
    socket.setTimeout(200, () => socket.destroy())
    await closed.promise
  } else socket.destroy()
  return isOpen
}
