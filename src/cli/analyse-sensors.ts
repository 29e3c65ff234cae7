import process from 'node:process'
import { analyseFile } from '../batch-analysis/analyse-file.js'
import { terminalSafe } from '../output/terminal-safe.js'
import { formatVibrationReport } from '../output/vibration-report.js'
import type { AnalysisJob } from './analyse-channel.js'
import { analyseMany, type BatchReport } from './analyse-many.js'
import { reportProvenance } from './report-provenance.js'
import { checkBatchReport, writeBatchReport } from './write-batch-report.js'

/** One recording of several sensors: a block each on a terminal; with `--json`, in the form of several files. */
export async function analyseSensors(job: AnalysisJob, show: 'json' | ((text: string) => void)): Promise<BatchReport | undefined> {
  const { target, options, version, flags, signal } = job
  if (show === 'json') {
    const many = { targets: [target], options, out: undefined, shard: undefined, jobs: 1, version, signal }
    return await analyseMany(many, 'json', { path: flags.report, flags })
  }
  if (flags.report !== undefined) checkBatchReport(flags.report)
  const told = new Set<string>()
  const assessments = await analyseFile(target, options, (input, assessment) => {
    show(`${told.size === 0 ? '' : '\n'}${formatVibrationReport(input, assessment, process.stdout.columns ?? 100)}`)
    told.add(assessment.channel)
    for (const warning of assessment.warnings) told.add(warning)
  })
  const copies = new Set(assessments.flatMap(({ warnings }) => warnings).filter((warning) => !told.has(warning)))
  for (const copy of copies) show(`warning  ${terminalSafe(copy)}`)
  if (flags.report === undefined) return undefined
  const lines = assessments.map((assessment) => ({
    type: 'vibration' as const,
    path: target,
    key: '',
    channels: assessments.length,
    ...assessment,
  }))
  await writeBatchReport(flags.report, lines, { provenance: reportProvenance({ version, target, flags }), options })
  return undefined
}
