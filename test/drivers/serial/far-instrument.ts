import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openPseudoTerminal } from '../../../src/plant/servers/serial/pseudo-terminal.js'

/** A device at the far end of a pseudo-terminal. */
export interface FarInstrument {
  readonly path: string
  /** What it was sent, as one text. */
  heard(): string
  say(text: string | Uint8Array): void
  stop(): void
}

interface Habits {
  /** What it says by itself, and how often. */
  readonly speaks?: { readonly everyMs: number; readonly line: () => string }
  /** What it answers to a line that it was sent; null for silence. */
  readonly answers?: (line: string) => string | null
}

export async function startInstrument({ speaks, answers }: Habits = {}): Promise<FarInstrument> {
  const { path, onBytes, send, close } = await openPseudoTerminal()
  let heard = ''
  let pending = ''
  onBytes((bytes) => {
    heard += bytes.toString('latin1')
    const lines = (pending + bytes.toString('latin1')).split(/[\r\n]+/)
    pending = lines.pop() ?? ''
    for (const each of lines) {
      const answer = answers?.(each)
      if (answer !== null && answer !== undefined) send(answer)
    }
  })
  const timer = speaks && setInterval(() => send(speaks.line()), speaks.everyMs)
  return {
    path,
    heard: () => heard,
    say: (text) => void send(text),
    stop: () => {
      clearInterval(timer)
      close()
    },
  }
}

/** A link that leads to a pseudo-terminal made by socat, which disappears with it, like an adapter that is unplugged. */
export interface PluggablePort {
  readonly link: string
  plugIn(): Promise<void>
  unplug(): Promise<void>
  stop(): Promise<void>
}

/** A link below /dev, as udev makes them. `program` is a shell command whose output is what the device says. */
export function pluggablePort(program: string): PluggablePort {
  const folder = mkdtempSync('/dev/shm/chatterfix-serial-')
  const link = join(folder, 'port')
  let running: ReturnType<typeof spawn> | undefined
  const unplug = async (): Promise<void> => {
    const leaving = running
    running = undefined
    const group = leaving?.pid
    if (!leaving || group === undefined || leaving.exitCode !== null || leaving.signalCode !== null) return
    await new Promise((resolve) => {
      leaving.once('exit', resolve)
      // The whole group: socat runs the program in a child of its own.
      process.kill(-group, 'SIGTERM')
    })
  }
  return {
    link,
    plugIn: async () => {
      running = spawn('socat', [`pty,raw,echo=0,link=${link}`, `system:${program}`], { stdio: 'ignore', detached: true })
      const untilMs = performance.now() + 3000
      while (!existsSync(link) && performance.now() < untilMs) await new Promise((resolve) => setTimeout(resolve, 10))
    },
    unplug,
    stop: async () => {
      await unplug()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
