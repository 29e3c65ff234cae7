import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

export interface RecorderChild {
  readonly child: ChildProcess
  readonly firstLine: string
  readonly exited: Promise<unknown>
  /** How many readings and blocks it said were committed, in its last whole line. */
  readonly committed: () => number
}

/** A recorder in a process of its own; resolves with its first line, `recording` or `refused …`. */
export async function startRecorder(
  folder: string,
  options: { readonly flushIntervalMs?: number; readonly forMs?: number; readonly mergeLeast?: number } = {},
): Promise<RecorderChild> {
  const { flushIntervalMs = 100, forMs = 60_000, mergeLeast = 0 } = options
  const child = spawn(
    process.execPath,
    [
      '--import',
      here('./run-typescript.mjs'),
      here('./recorder-process.ts'),
      folder,
      String(flushIntervalMs),
      String(forMs),
      String(mergeLeast),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const exited = once(child, 'close')
  let text = ''
  const first = Promise.withResolvers<void>()
  child.stdout.on('data', (piece) => {
    text += String(piece)
    if (text.includes('\n')) first.resolve()
  })
  child.stdout.on('end', () => first.resolve())
  await first.promise
  const committed = () => Number(text.slice(0, text.lastIndexOf('\n')).split('\n').slice(1).at(-1) ?? 0)
  return { child, firstLine: text.split('\n')[0] ?? '', exited, committed }
}
