import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'

export interface Thread {
  readonly worker: Worker
  /** What it died of, once it has. */
  readonly ended: Promise<Error | 'died'>
}

/**
 * Where a thread's short-lived values lie. In the engine's usual first megabyte those of one file are taken for old ones, and nearly every file
 * costs a full collection, done by threads that the other files need: a quarter of all the work.
 */
const YOUNG_VALUES_MB = 16

export function startThread(script: URL): Thread {
  // Heaps that are there already stay as they are.
  setFlagsFromString(`--min-semi-space-size=${YOUNG_VALUES_MB}`)
  const worker = new Worker(script)
  const { promise, resolve } = Promise.withResolvers<Error | 'died'>()
  worker.once('error', resolve).once('exit', () => resolve('died'))
  return { worker, ended: promise }
}

export async function endThreads(threads: readonly Thread[]): Promise<void> {
  await Promise.all(threads.map(({ worker }) => worker.terminate()))
}
