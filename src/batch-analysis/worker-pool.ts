import { Worker } from 'node:worker_threads'
import type { VibrationAssessment } from '../analysis/vibration/assessment.js'
import { Fault } from '../faults/fault.js'
import { type FaultReport, reportFault } from '../output/fault-report.js'
import type { VibrationOptions } from '../waveform-files/read-vibration.js'

export interface BatchTask {
  readonly path: string
  readonly options: VibrationOptions
}

export interface BatchAnswer {
  readonly assessments: readonly VibrationAssessment[]
  /** Null where all went well. */
  readonly error: FaultReport | null
}

/**
 * Has tasks done by threads, each one at a time, and hands every answer over as it comes. A thread that dies costs the file that it was at.
 * @param options.signal  once aborted no task begins, and those under way are given up.
 */
export async function workOff<T extends BatchTask>(
  tasks: readonly T[],
  options: {
    readonly jobs: number
    readonly script: URL
    readonly signal: AbortSignal
    readonly done: (task: T, answer: BatchAnswer) => Promise<void>
  },
): Promise<void> {
  const queue = tasks.values()
  const threads = Math.min(options.jobs, tasks.length)
  await Promise.all(Array.from({ length: threads }, () => workOne(queue, options)))
}

async function workOne<T extends BatchTask>(
  queue: Iterator<T>,
  {
    script,
    signal,
    done,
  }: { readonly script: URL; readonly signal: AbortSignal; readonly done: (task: T, answer: BatchAnswer) => Promise<void> },
): Promise<void> {
  let worker: Worker | null = null
  try {
    for (let next = queue.next(); next.done !== true && !signal.aborted; next = queue.next()) {
      worker ??= new Worker(script)
      const answer = await askWorker(worker, next.value, signal)
      if (answer === 'stopped') return
      if (answer === 'died' || answer instanceof Error) {
        await worker.terminate()
        worker = null
        await done(next.value, { assessments: [], error: reportFault(deathOf(next.value.path, answer)) })
      } else await done(next.value, answer)
    }
  } finally {
    await worker?.terminate()
  }
}

function askWorker(worker: Worker, { path, options }: BatchTask, signal: AbortSignal): Promise<BatchAnswer | Error | 'died' | 'stopped'> {
  const { promise, resolve } = Promise.withResolvers<BatchAnswer | Error | 'died' | 'stopped'>()
  const stop = () => resolve('stopped')
  const exit = () => resolve('died')
  worker.once('message', resolve).once('error', resolve).once('exit', exit)
  signal.addEventListener('abort', stop, { once: true })
  worker.postMessage({ path, options } satisfies BatchTask)
  return promise.finally(() => {
    worker.off('message', resolve).off('error', resolve).off('exit', exit)
    signal.removeEventListener('abort', stop)
  })
}

function deathOf(path: string, how: Error | 'died'): Fault {
  return new Fault('BATCH_FILE_GAVE_UP', {
    message: `the thread that analysed ${path} ended`,
    where: { file: path },
    because: how === 'died' ? 'it exited by itself' : how.message,
    advice: { target: path },
  })
}
