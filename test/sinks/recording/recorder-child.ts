import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** A recorder in a process of its own; resolves with its first line, `recording` or `refused …`. */
export async function startRecorder(
  folder: string,
  options: { readonly flushIntervalMs?: number; readonly forMs?: number } = {},
): Promise<{ readonly child: ChildProcess; readonly firstLine: string; readonly exited: Promise<unknown> }> {
  const { flushIntervalMs = 100, forMs = 60_000 } = options
  const child = spawn(
    process.execPath,
    ['--import', here('./run-typescript.mjs'), here('./recorder-process.ts'), folder, String(flushIntervalMs), String(forMs)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const exited = once(child, 'exit')
  let text = ''
  for await (const piece of child.stdout) {
    text += String(piece)
    if (text.includes('\n')) break
  }
  return { child, firstLine: text.trim(), exited }
}
