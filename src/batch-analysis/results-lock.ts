import { mkdir, rmdir } from 'node:fs/promises'
import process from 'node:process'
import { Fault } from '../faults/fault.js'
import { acquireWriterLock } from '../recordings/writer-lock.js'

const MAX_ATTEMPTS = 3

/**
 * Keeps results for one program: two that write behind one another would each count lines that the other wrote. The lock of a program that is
 * gone is taken over.
 *
 * @param since  when this program began, for whoever finds the lock.
 * @throws Fault RESULTS_IN_USE
 */
export async function lockResults(path: string, since: string): Promise<AsyncDisposable> {
  const folder = `${path}.lock`
  for (let attempt = 1; ; attempt++) {
    await mkdir(folder, { recursive: true })
    const lock = await acquireWriterLock(folder, since)
    if (lock.held) {
      return {
        async [Symbol.asyncDispose]() {
          await lock.release()
          // Another program may be about to take it; then the folder stays for it.
          await rmdir(folder).catch(() => undefined)
        },
      }
    }
    // The one before removed the folder in this moment: nobody holds it.
    if (lock.by.pid === process.pid && attempt < MAX_ATTEMPTS) continue
    throw new Fault('RESULTS_IN_USE', {
      message: `another program is writing results to ${path}`,
      where: { file: path, pid: String(lock.by.pid), host: lock.by.host },
      because: `process ${lock.by.pid} on ${lock.by.host} has written to it since ${lock.by.since}`,
      advice: { target: path, pid: String(lock.by.pid) },
    })
  }
}
