import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Surroundings } from '../contract.js'
import type { Broker } from './address.js'
import { abortedFault, socketFault, unreachableFault } from './line-fault.js'
import { within } from './within.js'

/**
 * Opens the socket below MQTT, so that what goes wrong here is told apart from what goes wrong above. TLS is always verified.
 * @throws DriverFault
 */
export async function openSocket(broker: Broker, around: Surroundings): Promise<Socket> {
  if (around.signal.aborted) throw abortedFault(broker)
  const { host, port } = broker
  const socket =
    broker.scheme === 'mqtts'
      ? connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}) })
      : connectTcp({ host, port, noDelay: true })
  const opened = Promise.withResolvers<void>()
  const onError = (thrown: Error): void => opened.reject(socketFault(broker, thrown))
  const onClose = (): void => opened.reject(socketFault(broker, new Error('closed without a word')))
  socket.on('error', onError).on('close', onClose)
  socket.once(broker.scheme === 'mqtts' ? 'secureConnect' : 'connect', () => opened.resolve())
  try {
    await within(opened.promise, { around, late: () => unreachableFault(broker, around.timeoutMs), aborted: () => abortedFault(broker) })
    return socket
  } catch (thrown) {
    socket.on('error', () => undefined).destroy()
    throw thrown
  } finally {
    socket.off('error', onError).off('close', onClose)
  }
}
