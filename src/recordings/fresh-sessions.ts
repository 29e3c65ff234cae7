import { type DuckdbSession, openDuckdb } from './duckdb-session.js'

export interface FreshSessions extends AsyncDisposable {
  next(): Promise<DuckdbSession>
}

/** A DuckDB of its own for each time of asking; the first is being opened from now on. All are closed in the end. */
export function freshSessions(memoryLimitMb: number): FreshSessions {
  const opened: Promise<DuckdbSession>[] = []
  const open = () => {
    const session = openDuckdb({ memoryLimitMb })
    opened.push(session)
    return session
  }
  let first: Promise<DuckdbSession> | undefined = open()
  // Where nobody comes for it, because there is nothing to ask, its failure is not the news.
  first.catch(() => {})
  return {
    next() {
      const session = first ?? open()
      first = undefined
      return session
    },
    async [Symbol.asyncDispose]() {
      for (const result of await Promise.allSettled(opened)) if (result.status === 'fulfilled') result.value.close()
    },
  }
}
