import type { DuckDBConnection } from '@duckdb/node-api'
import { Fault, reasonOf } from '../faults/fault.js'

const WATCH_INTERVAL_MS = 50

/** Does work with DuckDB until it is done or the signal aborts. @throws Fault INTERRUPTED in the latter case. */
export async function runUntilAborted<T>(connection: DuckDBConnection, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  refuseWhenAborted(signal)
  // An interrupt only meets a statement that is running at that moment; said again it also meets one that was about to begin.
  const watch = setInterval(() => {
    if (signal.aborted) connection.interrupt()
  }, WATCH_INTERVAL_MS)
  try {
    return await work()
  } catch (thrown) {
    if (signal.aborted && reasonOf(thrown).startsWith('INTERRUPT')) throw interrupted()
    throw thrown
  } finally {
    clearInterval(watch)
  }
}

/** Between two steps of long work. @throws Fault INTERRUPTED */
export function refuseWhenAborted(signal: AbortSignal): void {
  if (signal.aborted) throw interrupted()
}

function interrupted(): Fault {
  return new Fault('INTERRUPTED', { message: 'it was interrupted; nothing was changed' })
}
