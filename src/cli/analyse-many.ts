import process from 'node:process'
import type { ResultLine } from '../batch-analysis/batch-result.js'
import { type BatchJob, type BatchSummary, runBatch } from '../batch-analysis/run-batch.js'
import { EXIT } from '../faults/exit-code.js'
import { jsonSafe } from '../output/json-safe.js'
import { batchRows, formatBatchSummary } from '../output/vibration-batch.js'
import { ProgressLine } from './progress-line.js'

/** With `--json` and without `--out` the results themselves. */
export type BatchReport = BatchSummary & { readonly results?: readonly ResultLine[] }

/** Analyses many files, tells each on stdout as it is done and how far it is on stderr, and ends as it went. */
export async function analyseMany(
  job: Omit<BatchJob, 'script' | 'progress' | 'take'>,
  asked: 'json' | 'jsonl' | 'text',
): Promise<BatchReport> {
  const progress = new ProgressLine(process.stderr)
  const results: ResultLine[] = []
  const take = (lines: readonly ResultLine[]): void => {
    progress.clear()
    if (asked === 'jsonl') for (const line of lines) process.stdout.write(`${jsonSafe(line)}\n`)
    else if (asked === 'text') for (const row of batchRows(lines)) process.stdout.write(`${row}\n`)
    else if (job.out === undefined) results.push(...lines)
  }
  const script = new URL('./batch-worker.js', import.meta.url)
  const summary = await runBatch({ ...job, script, progress: progress.show, take }).finally(() => progress.clear())
  if (asked !== 'json') process.stderr.write(`${formatBatchSummary(summary)}\n`)
  const [failed] = summary.failed
  if (job.signal.aborted) process.exitCode = EXIT.interrupted
  else if (failed !== undefined) process.exitCode = failed.error.exitCode
  return asked === 'json' && job.out === undefined ? { ...summary, results } : summary
}
