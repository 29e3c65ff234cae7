import { execFile } from 'node:child_process'
import { constants, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { ReadStream } from 'node:tty'
import { promisify } from 'node:util'

/** A serial line without hardware: what is written to one end comes out of the other, which has a path like `/dev/pts/3`. */
export interface PseudoTerminal {
  readonly path: string
  /** Tells what the other end sends until the function that it returns is called. */
  readonly onBytes: (listener: (bytes: Buffer) => void) => () => void
  /** False where nobody reads and the system's buffer is full: what does not fit is lost, as on a wire. */
  readonly send: (bytes: string | Uint8Array) => boolean
  readonly close: () => void
}

/** The parts of node-pty's `open` that its types leave out. */
interface OpenedTerminal {
  readonly _pty: string
  readonly _master: ReadStream & { readonly _handle: { readonly fd: number } | null }
  readonly _slave: ReadStream
}

/** @throws whatever the optional package or the system throws where there are no pseudo-terminals. */
export async function openPseudoTerminal(): Promise<PseudoTerminal> {
  const { default: pty } = await import('@lydell/node-pty')
  const opener = pty as unknown as { open(options: { cols: number; rows: number; encoding: null }): OpenedTerminal }
  const { _pty: path, _master: line, _slave: slave } = opener.open({ cols: 80, rows: 24, encoding: null })
  line.on('error', () => {})
  slave.on('error', () => {})
  await promisify(execFile)('stty', ['-F', path, 'raw', '-echo'], { timeout: 2000 }).catch(() => slave.setRawMode(true))
  // The far side stays open so that the line survives its clients, but not as the stream that comes with it: even paused,
  // a stream reads up to its high-water mark, and those bytes are the client's.
  const farSide = await open(path, constants.O_RDWR | constants.O_NOCTTY)
  slave.destroy()
  return {
    path,
    onBytes: (listener) => {
      line.on('data', listener)
      return () => line.off('data', listener)
    },
    send: (bytes) => written(line._handle?.fd, bytes),
    close: () => {
      line.destroy()
      void farSide.close().catch(() => {})
    },
  }
}

/**
 * Past the stream: a full pseudo-terminal says that it can be written to and then refuses, and the event loop, which believes it, would try for ever.
 */
function written(descriptor: number | undefined, bytes: string | Uint8Array): boolean {
  if (descriptor === undefined) return false
  const whole = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  try {
    return writeSync(descriptor, whole) === whole.length
  } catch {
    return false
  }
}
