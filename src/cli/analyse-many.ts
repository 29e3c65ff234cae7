import process from 'node:process'
import type { ResultLine } from '../batch-analysis/batch-result.js'
import { type BatchJob, type BatchSummary, linesFileOf, runBatch } from '../batch-analysis/run-batch.js'
import { EXIT } from '../faults/exit-code.js'
import { jsonSafe } from '../output/json-safe.js'
import { batchRows, formatBatchSummary, formatBatchWarnings } from '../output/vibration-batch.js'
import { ProgressLine } from './progress-line.js'
import { reportProvenance } from './report-provenance.js'
import { systemClock } from './system-clock.js'
import { checkBatchReport, writeBatchReport } from './write-batch-report.js'

/** With `--json` and without `--out` the results themselves. */
export type BatchReport = BatchSummary & { readonly results?: readonly ResultLine[] }

/** Analyses many files, tells each on stdout as it is done and how far it is on stderr, and ends as it went. */
export async function analyseMany(
  job: Omit<BatchJob, 'script' | 'progress' | 'take' | 'since'>,
  asked: 'json' | 'jsonl' | 'text',
  report: { readonly path: string | undefined; readonly flags: Readonly<Record<string, unknown>> },
): Promise<BatchReport> {
  if (report.path !== undefined) checkBatchReport(report.path)
  const progress = new ProgressLine(process.stderr)
  const results: ResultLine[] = []
  const warned = new Map<string, number>()
  const take = (lines: readonly ResultLine[]): void => {
    progress.clear()
    if (asked === 'text') countWarnings(warned, lines)
    if (asked === 'jsonl') for (const line of lines) process.stdout.write(`${jsonSafe(line)}\n`)
    else if (asked === 'text') for (const row of batchRows(lines)) process.stdout.write(`${row}\n`)
    if (job.out === undefined && (asked === 'json' || report.path !== undefined)) results.push(...lines)
  }
  const script = new URL('./batch-worker.js', import.meta.url)
  const since = new Date(systemClock.now() / 1000).toISOString()
  const summary = await runBatch({ ...job, since, script, progress: progress.show, take }).finally(() => progress.clear())
  for (const warning of formatBatchWarnings(warned)) process.stderr.write(`${warning}\n`)
  if (asked !== 'json') process.stderr.write(`${formatBatchSummary(summary)}\n`)
  if (report.path !== undefined) {
    const made = { version: job.version, target: job.targets.join(' '), flags: report.flags }
    await writeBatchReport(report.path, job.out === undefined ? results : await resultsIn(job.out), {
      provenance: reportProvenance(made),
      options: job.options,
    })
  }
  const [failed] = summary.failed
  if (job.signal.aborted) process.exitCode = EXIT.interrupted
  else if (failed !== undefined) process.exitCode = failed.error.exitCode
  // Files there were, and none that could be looked at.
  else if (summary.files > 0 && summary.noMeasurement.length === summary.files) process.exitCode = EXIT.data
  return asked === 'json' && job.out === undefined ? { ...summary, results } : summary
}

/** Different texts that are counted; figures in them make as many as there are files. */
const MOST_WARNINGS = 1000

function countWarnings(counts: Map<string, number>, lines: readonly ResultLine[]): void {
  for (const line of lines) {
    if (line.type === 'failure') continue
    for (const warning of line.warnings)
      if (counts.has(warning) || counts.size < MOST_WARNINGS) counts.set(warning, (counts.get(warning) ?? 0) + 1)
  }
}

/** All that is kept, also of earlier runs. */
async function resultsIn(out: string): Promise<ResultLine[]> {
  const { readResults } = await import('../batch-analysis/read-results.js')
  return await readResults(linesFileOf(out))
}
