import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSerialLine } from '../../../src/serial-line/open-serial-line.js'
import type { SerialLine } from '../../../src/serial-line/serial-line.js'
import { type FakeLine, type FakeLineOptions, fakeLine, type LineUnit } from './fake-line.js'
import { startPtyPair } from './pty-pair.js'
import { RealTime } from './real-time.js'

export interface PtyLine {
  /** What the driver opens. */
  readonly path: string
  readonly line: FakeLine
  /** Writes as another master or unit would. */
  inject(bytes: Uint8Array): Promise<void>
  breakLine(): Promise<void>
  mendLine(): Promise<void>
  stop(): Promise<void>
}

const SETTINGS = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const

/** A fake line at the far end of a pseudo-terminal: what the driver opens is a file of the system, as a real adapter is. */
export async function startPtyLine(units: ReadonlyMap<number, LineUnit>, options: Partial<FakeLineOptions> = {}): Promise<PtyLine> {
  const folder = mkdtempSync(join(tmpdir(), 'modbus-line-'))
  const clock = new RealTime()
  const line = fakeLine(units, { characterMs: 0, clock, ...options })
  let pair = await startPtyPair(folder)
  let far: SerialLine = await openFar(pair.far, line)
  let breaking: Promise<void> | undefined
  const pull = async (): Promise<void> => {
    await far[Symbol.asyncDispose]()
    await pair.stop()
  }
  const breakLine = async (): Promise<void> => {
    breaking ??= pull()
    await breaking
  }
  return {
    path: pair.near,
    line,
    inject: (bytes) => far.write(bytes),
    breakLine,
    mendLine: async () => {
      await breakLine()
      breaking = undefined
      mkdirSync(folder, { recursive: true })
      pair = await startPtyPair(folder)
      far = await openFar(pair.far, line)
    },
    stop: async () => {
      clock.stop()
      await breakLine()
    },
  }
}

async function openFar(path: string, line: FakeLine): Promise<SerialLine> {
  const far = await openSerialLine({ path, ...SETTINGS, signal: new AbortController().signal })
  const unplug = line.onBytes((bytes) => void far.write(bytes).catch(() => undefined))
  far.onBytes((bytes) => void line.write(bytes))
  far.onClosed(unplug)
  return far
}
