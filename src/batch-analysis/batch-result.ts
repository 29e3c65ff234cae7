import { createHash } from 'node:crypto'
import type { VibrationAssessment } from '../analysis/vibration/assessment.js'
import type { FaultReport } from '../output/fault-report.js'
import type { VibrationOptions } from '../waveform-files/read-vibration.js'
import type { BatchFile } from './find-waveform-files.js'

/** What one channel says, as one line of the results. */
export interface ChannelResult extends VibrationAssessment {
  readonly type: 'vibration'
  readonly path: string
  /** Of the file as it was, and of what was asked: who finds it again need not look again. */
  readonly key: string
  /** Lines that the file gives. */
  readonly channels: number
}

/** A file that gave nothing, as one line of the results. */
export interface FailedResult {
  readonly type: 'failure'
  readonly path: string
  readonly key: string
  readonly error: FaultReport
}

export type ResultLine = ChannelResult | FailedResult

/** Digest of name, size and times of a file and of all that shapes its result. */
export function resultKey(file: BatchFile, asked: { readonly version: string; readonly options: VibrationOptions }): string {
  const facts = [file.name, file.size, file.changedMs, asked.version, Object.entries(asked.options).sort(([a], [b]) => (a < b ? -1 : 1))]
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 22)
}
