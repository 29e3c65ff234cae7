import { extname } from 'node:path'
import { AnalysisFault } from '../analysis/analysis-fault.js'
import type { VibrationAssessment, VibrationInput } from '../analysis/vibration/assessment.js'
import { carriedRate, type KurtogramAnswer, kurtogramAnswer } from '../analysis/vibration/kurtogram-answer.js'
import { Fault } from '../faults/fault.js'
import { vibrationPage, vibrationPicture } from '../reports/vibration-page.js'
import { reportProvenance } from './report-provenance.js'

/** Writes what one channel says as .html or .svg. @throws Fault USAGE of another ending; the file system's own. */
export async function writeVibrationReport(
  path: string,
  channel: { readonly input: VibrationInput; readonly assessment: VibrationAssessment },
  made: { readonly version: string; readonly target: string; readonly flags: Readonly<Record<string, unknown>> },
): Promise<void> {
  const ending = extname(path).toLowerCase()
  if (ending !== '.html' && ending !== '.svg') {
    throw new Fault('USAGE', {
      message: `--report ${path} has no known ending`,
      because: 'a report is .html or .svg',
      advice: { help: '--report report.html' },
    })
  }
  const { replaceFile } = await import('../recordings/replace-file.js')
  const reported = { ...channel, kurtogram: kurtogramOrNull(channel) }
  const provenance = reportProvenance(made)
  await replaceFile(path, ending === '.svg' ? vibrationPicture(reported) : vibrationPage(reported, provenance))
}

function kurtogramOrNull({
  input,
  assessment,
}: {
  readonly input: VibrationInput
  readonly assessment: VibrationAssessment
}): KurtogramAnswer | null {
  try {
    return kurtogramAnswer(input, { carried: carriedRate(assessment) })
  } catch (thrown) {
    if (thrown instanceof AnalysisFault) return null
    throw thrown
  }
}
