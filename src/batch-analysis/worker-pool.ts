import type { VibrationAssessment } from '../analysis/vibration/assessment.js'
import { Fault } from '../faults/fault.js'
import { type FaultReport, reportFault } from '../output/fault-report.js'
import type { VibrationOptions } from '../waveform-files/read-vibration.js'
import { startThread, type Thread } from './thread.js'

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
 * @param options.started  threads that are warm already; those that are taken are ended too.
 * @param options.signal  once aborted no task begins, and those under way are given up.
 */
export async function workOff<T extends BatchTask>(tasks: readonly T[], options: WorkOffOptions<T>): Promise<void> {
  const queue = tasks.values()
  const threads = Math.min(options.jobs, tasks.length)
  await Promise.all(Array.from({ length: threads }, () => workOne(queue, options)))
}

interface WorkOffOptions<T extends BatchTask> {
  readonly jobs: number
  readonly script: URL
  readonly started?: Thread[]
  readonly signal: AbortSignal
  readonly done: (task: T, answer: BatchAnswer) => Promise<void>
}

async function workOne<T extends BatchTask>(queue: Iterator<T>, { script, started = [], signal, done }: WorkOffOptions<T>): Promise<void> {
  let thread: Thread | null = null
  try {
    for (let next = queue.next(); next.done !== true && !signal.aborted; next = queue.next()) {
      thread ??= started.pop() ?? startThread(script)
      const answer = await askThread(thread, next.value, signal)
      if (answer === 'stopped') return
      if (answer === 'died' || answer instanceof Error) {
        await thread.worker.terminate()
        thread = null
        await done(next.value, { assessments: [], error: reportFault(deathOf(next.value.path, answer)) })
      } else await done(next.value, answer)
    }
  } finally {
    await thread?.worker.terminate()
  }
}

function askThread(
  { worker, ended }: Thread,
  { path, options }: BatchTask,
  signal: AbortSignal,
): Promise<BatchAnswer | Error | 'died' | 'stopped'> {
  const { promise, resolve } = Promise.withResolvers<BatchAnswer | 'stopped'>()
  const stop = () => resolve('stopped')
  worker.once('message', resolve)
  signal.addEventListener('abort', stop, { once: true })
  worker.postMessage({ path, options } satisfies BatchTask)
  return Promise.race([promise, ended]).finally(() => {
    worker.off('message', resolve)
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
