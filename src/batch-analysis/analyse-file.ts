import { assessVibration } from '../analysis/vibration/assess.js'
import type { VibrationAssessment } from '../analysis/vibration/assessment.js'
import { readVibrations, type VibrationOptions } from '../waveform-files/read-vibration.js'

/** Every channel of a file or recording, or the one that was named. @throws Fault of the file. */
export async function analyseFile(path: string, options: VibrationOptions): Promise<VibrationAssessment[]> {
  const assessments: VibrationAssessment[] = []
  for await (const input of readVibrations(path, options)) assessments.push(assessVibration(input))
  return assessments
}
