import fs from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { onTestFinished } from 'vitest'

type Call = (this: unknown, ...words: never[]) => unknown
const PROMISED = ['rename', 'rm'] as const
const SYNCHRONOUS = ['renameSync', 'rmSync'] as const
const HANDLED = ['sync', 'datasync', 'appendFile', 'writeFile', 'truncate'] as const

export interface DyingDisk {
  /** Counts what changes the disk from now on; the n-th and all after it do not happen, as if the process were dead. 0: none. */
  dieAt(n: number): void
  readonly count: () => number
  /** Closes what the dead have left open, as the system does for a killed process. */
  bury(): Promise<void>
}

/** Lets the disk of this process be as a kill at a chosen instant leaves it. Ends with the test. */
export async function dyingDisk(): Promise<DyingDisk> {
  const any = await open(import.meta.filename)
  const handles = Object.getPrototypeOf(any) as Record<string, Call>
  await any.close()
  let count = 0
  let deadline = 0
  const isDead = () => deadline > 0 && ++count >= deadline
  const undo: (() => void)[] = []
  function wrap(owner: Record<string, Call>, name: string, death: () => unknown): void {
    const real = owner[name]
    if (real === undefined) throw new Error(name)
    owner[name] = function (this: unknown, ...words) {
      if (deadline === 0) count++
      return isDead() ? death() : real.apply(this, words)
    }
    undo.push(() => void (owner[name] = real))
  }
  const opened = new Set<FileHandle>()
  const reallyOpen = fs.promises.open
  fs.promises.open = async (...words) => {
    const file = await reallyOpen(...words)
    opened.add(file)
    return file
  }
  undo.push(() => void (fs.promises.open = reallyOpen))
  const forever = () => new Promise(() => {})
  const thrown = () => {
    throw new Error('dead')
  }
  for (const name of PROMISED) wrap(fs.promises as unknown as Record<string, Call>, name, forever)
  for (const name of SYNCHRONOUS) wrap(fs as unknown as Record<string, Call>, name, thrown)
  for (const name of HANDLED) wrap(handles, name, forever)
  syncBuiltinESMExports()
  onTestFinished(() => {
    for (const one of undo) one()
    syncBuiltinESMExports()
  })
  return {
    dieAt(n) {
      deadline = n
      count = 0
    },
    count: () => count,
    async bury() {
      for (const file of opened) if (file.fd >= 0) await file.close()
      opened.clear()
    },
  }
}
