import type { Surroundings } from '../contract.js'
import type { DriverFault } from '../fault.js'

interface Limits {
  readonly around: Surroundings
  readonly late: () => DriverFault
  readonly aborted: () => DriverFault
}

/** Waits for a promise no longer than one request may take, and not beyond an abort. Leaves neither timer nor listener. */
export async function within<T>(promise: Promise<T>, { around, late, aborted }: Limits): Promise<T> {
  const settled = new AbortController()
  const ended = Promise.withResolvers<never>()
  const onAbort = (): void => ended.reject(aborted())
  around.signal.addEventListener('abort', onAbort)
  if (around.signal.aborted) onAbort()
  const deadline = around.clock.sleep(around.timeoutMs, settled.signal).then(() => ended.reject(late()))
  try {
    return await Promise.race([promise, ended.promise])
  } finally {
    settled.abort()
    await deadline
    around.signal.removeEventListener('abort', onAbort)
  }
}
