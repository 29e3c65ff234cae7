import { spawn } from 'node:child_process'
import type { Log } from '../drivers/contract.js'

/** A service manager that does not take a message in so long does not get it. */
const PATIENCE_MS = 5000
const MAX_STATUS_LENGTH = 256

type Environment = Readonly<Record<string, string | undefined>>

/** What a service manager is told; does nothing where there is none. Never rejects. */
export interface ServiceNotifier {
  readonly ready: (status: string) => Promise<void>
  readonly reloading: (nowMicros: bigint) => Promise<void>
  readonly status: (status: string) => Promise<void>
  readonly alive: (status: string) => Promise<void>
  readonly stopping: () => Promise<void>
}

/**
 * Speaks sd_notify(3) through `systemd-notify`, as Node has no datagram sockets; messages go out one after the other.
 * @param environment  of a service: NOTIFY_SOCKET says that somebody listens.
 */
export function serviceNotifier(environment: Environment, log: Log): ServiceNotifier {
  const { NOTIFY_SOCKET, PATH } = environment
  let before = Promise.resolve()
  let isGivenUp = !NOTIFY_SOCKET

  function send(...assignments: readonly string[]): Promise<void> {
    if (isGivenUp) return Promise.resolve()
    before = before.then(async () => {
      const trouble = isGivenUp ? null : await run(assignments, { NOTIFY_SOCKET, PATH })
      if (trouble === null) return
      log.warn(`the service manager cannot be told anything: ${trouble.because}`)
      isGivenUp = trouble.isLasting
    })
    return before
  }

  return {
    ready: (status) => send('READY=1', statusOf(status)),
    reloading: (nowMicros) => send('RELOADING=1', `MONOTONIC_USEC=${nowMicros}`),
    status: (status) => send(statusOf(status)),
    alive: (status) => send('WATCHDOG=1', statusOf(status)),
    stopping: () => send('STOPPING=1'),
  }
}

/** One line; device names in it may hold anything. */
function statusOf(text: string): string {
  return `STATUS=${text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, MAX_STATUS_LENGTH)}`
}

function run(assignments: readonly string[], env: Environment): Promise<{ because: string; isLasting: boolean } | null> {
  const { promise, resolve } = Promise.withResolvers<{ because: string; isLasting: boolean } | null>()
  const child = spawn('systemd-notify', assignments, { env, stdio: 'ignore', timeout: PATIENCE_MS, killSignal: 'SIGKILL' })
  child.once('error', ({ message }) => resolve({ because: `systemd-notify cannot be started (${message})`, isLasting: true }))
  child.once('close', (code, signal) => {
    const how = signal === null ? `ended with ${code}` : `was ended by ${signal}`
    resolve(code === 0 ? null : { because: `systemd-notify ${how}`, isLasting: false })
  })
  return promise
}
