import type { DuckDBConnection } from '@duckdb/node-api'
import { Fault, reasonOf } from '../faults/fault.js'

const WATCH_INTERVAL_MS = 20

export interface StatementLimit extends Disposable {
  /** Does a piece of work with DuckDB. @throws Fault QUERY_LIMIT, INTERRUPTED. */
  during<T>(work: () => Promise<T>): Promise<T>
}

/** Stops what runs on a connection after so much of DuckDB's own time, or with the signal. Time between the pieces, in which a reader takes the rows, is not counted. */
export function limitStatement(
  connection: DuckDBConnection,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal | undefined },
): StatementLimit {
  let spentMs = 0
  let begunMs: number | null = null
  const isLate = () => spentMs + (begunMs === null ? 0 : performance.now() - begunMs) >= timeoutMs
  // An interrupt only meets a statement that is running at that moment; said again it also meets one that was about to begin.
  const watch = setInterval(() => {
    if (begunMs !== null && (isLate() || signal?.aborted === true)) connection.interrupt()
  }, WATCH_INTERVAL_MS)
  const refuseWhenStopped = (): void => {
    if (signal?.aborted === true) throw new Fault('INTERRUPTED', { message: 'the query was interrupted' })
  }
  return {
    async during(work) {
      refuseWhenStopped()
      begunMs = performance.now()
      try {
        return await work()
      } catch (thrown) {
        if (!reasonOf(thrown).startsWith('INTERRUPT')) throw thrown
        refuseWhenStopped()
        throw new Fault('QUERY_LIMIT', { message: 'the query was stopped', because: `it did not end within ${timeoutMs / 1000} s` })
      } finally {
        spentMs += performance.now() - begunMs
        begunMs = null
      }
    },
    [Symbol.dispose]() {
      clearInterval(watch)
    },
  }
}
