import { resolve } from 'node:path'
import type { Progress } from '../drivers/contract.js'
import type { FaultReport } from '../output/fault-report.js'
import type { VibrationOptions } from '../waveform-files/read-vibration.js'
import { type ResultLine, resultKey } from './batch-result.js'
import { type BatchFile, findWaveformFiles } from './find-waveform-files.js'
import { ResultFile } from './result-file.js'
import { lockResults } from './results-lock.js'
import { isInShard, parseShard } from './shard.js'
import { endThreads, startThread, type Thread } from './thread.js'
import { workOff } from './worker-pool.js'

/** Threads that warm up while files are still looked for; where there are few files more would have come for nothing. */
const EARLY_THREADS = 4

export interface BatchJob {
  /** Folders, patterns, files. */
  readonly targets: readonly string[]
  readonly options: VibrationOptions
  /** `.jsonl` or `.parquet`; undefined keeps nothing, and nothing can be skipped. */
  readonly out: string | undefined
  /** `2/8`; undefined: all. */
  readonly shard: string | undefined
  readonly jobs: number
  /** Of this program: another version looks again. */
  readonly version: string
  /** When this run began, RFC 3339: whoever finds the results locked is told. */
  readonly since: string
  /** What the threads run. */
  readonly script: URL
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
  /** Every file’s lines, as they come. */
  readonly take: (lines: readonly ResultLine[]) => void
}

/** `analyze vibration DIR --json`. */
export interface BatchSummary {
  readonly schema: 'chatterfix/vibration-batch/1'
  /** Found, of this share. */
  readonly files: number
  readonly analysed: number
  /** Whose results were there already. */
  readonly skipped: number
  /** Not reached before it was stopped. */
  readonly left: number
  readonly failed: readonly { readonly path: string; readonly error: FaultReport }[]
  /** Tables without any numbers that lay among the files; named ones have failed instead. They are looked at again each time. */
  readonly noMeasurement: readonly { readonly path: string; readonly because: string }[]
  readonly out: string | null
}

interface BatchEntry {
  readonly file: BatchFile
  readonly key: string
  readonly path: string
  readonly options: VibrationOptions
}

/** Analyses many files by several threads. What was done before is skipped, what fails is told and stops nothing. @throws Fault of the targets and of the results. */
export async function runBatch(job: BatchJob): Promise<BatchSummary> {
  const { options, version } = job
  const shard = job.shard === undefined ? undefined : parseShard(job.shard)
  await using held = new AsyncDisposableStack()
  const started = Array.from({ length: Math.min(job.jobs, EARLY_THREADS) }, () => startThread(job.script))
  held.defer(() => endThreads(started))
  const all = await findWaveformFiles(job.targets, { except: outputsOf(job.out) })
  const found = shard === undefined ? all : all.filter(({ name }) => isInShard(name, shard))
  const entries = found.map((file): BatchEntry => ({ file, key: resultKey(file, { version, options }), path: file.path, options }))
  if (job.out === undefined) return { ...(await analyse({ ...job, started }, entries, null)), files: found.length, skipped: 0, out: null }
  const kept = linesFileOf(job.out)
  held.use(await lockResults(kept, job.since))
  let summary: BatchSummary
  {
    await using results = await ResultFile.open(kept)
    const open = entries.filter(({ key }) => !results.done.has(key))
    const worked = await analyse({ ...job, started }, open, results)
    summary = { ...worked, files: found.length, skipped: found.length - open.length, out: job.out }
  }
  if (kept !== job.out) {
    const { resultsToParquet } = await import('./results-to-parquet.js')
    await resultsToParquet(kept, job.out)
  }
  return summary
}

/** What a run writes is no measurement, even where it is kept beside them. */
function outputsOf(out: string | undefined): ReadonlySet<string> {
  return new Set(out === undefined ? [] : [resolve(out), resolve(linesFileOf(out))])
}

/** The lines that results grow in: beside a Parquet file, which is made of them at the end. */
export function linesFileOf(out: string): string {
  return /\.(parquet|pq)$/i.test(out) ? `${out}.jsonl` : out
}

async function analyse(
  job: BatchJob & { readonly started: Thread[] },
  entries: readonly BatchEntry[],
  results: ResultFile | null,
): Promise<Pick<BatchSummary, 'schema' | 'analysed' | 'left' | 'failed' | 'noMeasurement'>> {
  const failed: { path: string; error: FaultReport }[] = []
  const noMeasurement: { path: string; because: string }[] = []
  let done = 0
  const told = async (lines: readonly ResultLine[]) => {
    await results?.append(lines)
    job.take(lines)
  }
  await workOff(entries, {
    ...job,
    done: async ({ key, path, file }, { assessments, error }) => {
      if (error === null)
        await told(assessments.map((assessment) => ({ type: 'vibration', path, key, channels: assessments.length, ...assessment })))
      else if (error.code === 'NO_MEASUREMENT' && !file.isNamed) noMeasurement.push({ path, because: error.because ?? error.message })
      else {
        failed.push({ path, error })
        await told([{ type: 'failure', path, key, error }])
      }
      done++
      job.progress({ done, total: entries.length, what: 'files' })
    },
  })
  const analysed = done - failed.length - noMeasurement.length
  return { schema: 'chatterfix/vibration-batch/1', analysed, left: entries.length - done, failed, noMeasurement }
}
