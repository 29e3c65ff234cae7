import process from 'node:process'
import { assessVibration } from '../analysis/vibration/assess.js'
import type { VibrationAssessment } from '../analysis/vibration/assessment.js'
import { formatVibrationReport } from '../output/vibration-report.js'
import { atChannel } from '../waveform-files/at-channel.js'
import { readVibration, type VibrationOptions } from '../waveform-files/read-vibration.js'
import { writeVibrationReport } from './write-vibration-report.js'

export interface AnalysisJob {
  readonly target: string
  readonly options: VibrationOptions
  readonly version: string
  readonly flags: Readonly<Record<string, unknown>> & { readonly report?: string | undefined }
  readonly signal: AbortSignal
}

/** One channel of a file or recording, shown, and written as a report where one is wanted. */
export async function analyseChannel(
  { target, options, version, flags }: AnalysisJob,
  show: 'json' | ((text: string) => void),
): Promise<VibrationAssessment> {
  const input = await readVibration(target, options)
  const assessment = atChannel(target, input.channel, () => assessVibration(input))
  if (flags.report !== undefined) await writeVibrationReport(flags.report, { input, assessment }, { version, target, flags })
  if (show !== 'json') show(formatVibrationReport(input, assessment, process.stdout.columns ?? 100))
  return assessment
}
