import { type ChildProcess, spawn } from 'node:child_process'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

const STARTING_MS = 30_000

export interface FarEndProcess {
  /** Starts it and waits until it listens. */
  start(): Promise<void>
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

/** A program of others on a port of its own, which a test may kill and start again. */
export function farEndProcess(options: {
  readonly command: string
  readonly args: readonly string[]
  readonly port: number
  readonly owner?: { readonly uid: number; readonly gid: number }
}): FarEndProcess {
  const { command, args, port, owner = {} } = options
  let running: ChildProcess | undefined
  const isRunning = () => running !== undefined && running.exitCode === null && running.signalCode === null
  return {
    async start() {
      const deadline = performance.now() + STARTING_MS
      while (!(await isListening(port))) {
        if (performance.now() > deadline) throw new Error(`${command} does not listen on port ${port}`)
        // One that was killed may leave children that hold its place for a moment, so that a first attempt ends.
        if (!isRunning()) running = spawn(command, args, { stdio: 'ignore', ...owner })
        await wait(200)
      }
    },
    async kill(signal) {
      const dying = running
      running = undefined
      if (!dying || dying.exitCode !== null || dying.signalCode !== null) return
      const exited = new Promise((resolve) => dying.once('exit', resolve))
      dying.kill(signal)
      await exited
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server, 0)
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Lets connections through to a port while it is open, and hangs up on all while it is shut. */
export interface Gate {
  readonly port: number
  open(): void
  shut(): void
  stop(): Promise<void>
}

export async function gateTo(target: number): Promise<Gate> {
  const sockets = new Set<Socket>()
  let isOpen = true
  const server = createServer((near) => {
    if (!isOpen) return void near.destroy()
    const far = connect({ port: target, host: '127.0.0.1' })
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => undefined).on('close', () => other.destroy())
      one.pipe(other)
    }
  })
  const port = await listen(server, 0)
  const hangUp = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  return {
    port,
    open: () => {
      isOpen = true
    },
    shut: () => {
      isOpen = false
      hangUp()
    },
    stop: async () => {
      hangUp()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' })
  const opened = new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
  })
  const isOpen = await Promise.race([opened, wait(500, false)])
  socket.destroy()
  return isOpen
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
