import type { Progress } from '../drivers/contract.js'
import type { FaultReport } from '../output/fault-report.js'
import type { VibrationOptions } from '../waveform-files/read-vibration.js'
import { type ResultLine, resultKey } from './batch-result.js'
import { type BatchFile, findWaveformFiles } from './find-waveform-files.js'
import { ResultFile } from './result-file.js'
import { lockResults } from './results-lock.js'
import { isInShard, parseShard } from './shard.js'
import { workOff } from './worker-pool.js'

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
  const found = (await findWaveformFiles(job.targets)).filter(({ name }) => shard === undefined || isInShard(name, shard))
  const entries = found.map((file): BatchEntry => ({ file, key: resultKey(file, { version, options }), path: file.path, options }))
  if (job.out === undefined) return { ...(await analyse(job, entries, null)), files: found.length, skipped: 0, out: null }
  const kept = linesFileOf(job.out)
  await using held = new AsyncDisposableStack()
  held.use(await lockResults(kept, job.since))
  let summary: BatchSummary
  {
    await using results = await ResultFile.open(kept)
    const open = entries.filter(({ key }) => !results.done.has(key))
    const worked = await analyse(job, open, results)
    summary = { ...worked, files: found.length, skipped: found.length - open.length, out: job.out }
  }
  if (kept !== job.out) {
    const { resultsToParquet } = await import('./results-to-parquet.js')
    await resultsToParquet(kept, job.out)
  }
  return summary
}

/** The lines that results grow in: beside a Parquet file, which is made of them at the end. */
export function linesFileOf(out: string): string {
  return /\.(parquet|pq)$/i.test(out) ? `${out}.jsonl` : out
}

async function analyse(
  job: BatchJob,
  entries: readonly BatchEntry[],
  results: ResultFile | null,
): Promise<Pick<BatchSummary, 'schema' | 'analysed' | 'left' | 'failed'>> {
  const failed: { path: string; error: FaultReport }[] = []
  let done = 0
  await workOff(entries, {
    ...job,
    done: async ({ key, path }, { assessments, error }) => {
      const lines: ResultLine[] =
        error === null
          ? assessments.map((assessment) => ({ type: 'vibration', path, key, channels: assessments.length, ...assessment }))
          : [{ type: 'failure', path, key, error }]
      if (error !== null) failed.push({ path, error })
      await results?.append(lines)
      job.take(lines)
      done++
      job.progress({ done, total: entries.length, what: 'files' })
    },
  })
  return { schema: 'chatterfix/vibration-batch/1', analysed: done - failed.length, left: entries.length - done, failed }
}
