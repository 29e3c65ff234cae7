import { writeSync } from 'node:fs'

const PAUSE_MS = 5

/**
 * Writes to a terminal before it returns, as nothing else arrives while a process exits. A terminal that takes nothing (a dead line) is given up after `patienceMs`.
 * @returns whether all of it arrived.
 */
export function writeNow(descriptor: number, text: string, patienceMs: number): 'written' | 'given-up' {
  const until = performance.now() + patienceMs
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
    } catch (thrown) {
      // EIO: it has hung up, and there is nothing to give back.
      if ((thrown as NodeJS.ErrnoException).code !== 'EAGAIN' || performance.now() > until) return 'given-up'
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
    }
  }
  return 'written'
}
