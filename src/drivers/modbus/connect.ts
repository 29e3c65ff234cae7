import { connect, type Socket } from 'node:net'
import { DriverFault } from '../fault.js'
import { lineOf } from './address.js'
import { nameOfTarget, type Target } from './medium.js'

export type { Target } from './medium.js'

/**
 * Opens a TCP connection.
 * @throws DriverFault HOST_UNREACHABLE, PORT_CLOSED, CONNECTION_LOST, or INTERRUPTED on abort.
 */
export async function connectTcp(target: Target, limits: { readonly timeoutMs: number; readonly signal: AbortSignal }): Promise<Socket> {
  const { timeoutMs, signal } = limits
  if (signal.aborted) throw interrupted(target)
  const socket = connect({ host: target.host, port: target.port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 })
  const outcome = Promise.withResolvers<void>()
  const giveUp = (): void => outcome.reject(interrupted(target))
  const timer = setTimeout(() => outcome.reject(silentHost(target, timeoutMs)), timeoutMs)
  signal.addEventListener('abort', giveUp, { once: true })
  socket.once('connect', outcome.resolve)
  socket.on('error', (error) => outcome.reject(faultOfConnect(target, error)))
  try {
    await outcome.promise
    return socket
  } catch (thrown) {
    socket.destroy()
    throw thrown
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', giveUp)
  }
}

/** The line broke while it was in use. */
export function lostLine(target: Target, because: string, cause?: unknown): DriverFault {
  return new DriverFault('CONNECTION_LOST', {
    message: `the connection to ${nameOfTarget(target)} broke`,
    because,
    advice: { address: lineOf(target), host: target.host },
    retry: true,
    ...(cause === undefined ? {} : { cause }),
  })
}

export function interrupted(target: Target): DriverFault {
  return new DriverFault('INTERRUPTED', { message: `stopped while talking to ${nameOfTarget(target)}`, retry: false })
}

function silentHost(target: Target, timeoutMs: number): DriverFault {
  return new DriverFault('HOST_UNREACHABLE', {
    message: `${target.host}:${target.port} did not accept a connection within ${timeoutMs} ms`,
    because: 'nothing came back, not even a refusal: the host is off, elsewhere, or a firewall drops what is sent to it',
    advice: { host: target.host, address: lineOf(target) },
    retry: true,
  })
}

function faultOfConnect(target: Target, error: NodeJS.ErrnoException): DriverFault {
  const reason = error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException) : error
  const facts = { advice: { host: target.host, address: lineOf(target) }, retry: true, cause: error }
  switch (reason.code) {
    case 'ECONNREFUSED':
      return new DriverFault('PORT_CLOSED', {
        ...facts,
        message: `nothing listens on ${target.host}:${target.port}`,
        because: 'the host refused the connection at once, so it is up',
      })
    case 'ECONNRESET':
    case 'EPIPE':
      return lostLine(
        target,
        `the host closed the connection as soon as it was opened (${reason.code}); its connections may all be taken`,
        error,
      )
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new DriverFault('HOST_UNREACHABLE', {
        ...facts,
        message: `nobody knows a host '${target.host}'`,
        because: `the name cannot be looked up (${reason.code})`,
      })
    default:
      return new DriverFault('HOST_UNREACHABLE', {
        ...facts,
        message: `${target.host}:${target.port} cannot be reached`,
        because: `${reason.code ?? 'the system'}: ${reason.message}`,
      })
  }
}
