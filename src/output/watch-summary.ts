import type { RoadReport } from '../acquisition/acquire.js'
import { counted } from '../readings/counted.js'
import type { EndedBy } from '../sinks/contract.js'
import { endedText } from './ended-text.js'
import { formatRecordingSummary, type RecordingSummary, silentLine } from './recording-summary.js'
import { type SinkSummary, sinkLines, sinkSummaries } from './sink-summary.js'
import { terminalSafe } from './terminal-safe.js'

/** `watch --json`: how it went, once it is over. */
export interface WatchSummary {
  readonly schema: 'chatterfix/watch/1'
  /** Readings and waveform blocks that came off the lines. */
  readonly produced: number
  readonly gaps: number
  readonly silent: readonly string[]
  readonly endedBy: EndedBy
  readonly lines: readonly { readonly name: string; readonly state: string; readonly because: string | null }[]
  /** Of the recording and of each `--to`. */
  readonly sinks: readonly SinkSummary[]
  readonly recording: RecordingSummary | null
}

export function watchSummaryOf(report: RoadReport, recording: RecordingSummary | null): WatchSummary {
  const { produced, gaps, endedBy, silent } = report
  const lines = report.lines.map(({ name, state, fault }) => ({ name, state, because: fault?.message ?? null }))
  return { schema: 'chatterfix/watch/1', produced, gaps, silent, endedBy, lines, sinks: sinkSummaries(report), recording }
}

export function formatWatchSummary(summary: WatchSummary): string {
  if (summary.recording) return formatRecordingSummary(summary.recording)
  const { produced, gaps, endedBy, lines, silent, sinks } = summary
  const troubles = lines.filter(({ because }) => because !== null)
  return [
    `watched ${counted(produced, 'reading')};  gaps ${gaps};  ${endedText(endedBy)}`,
    ...silentLine(silent),
    ...sinkLines(sinks),
    ...troubles.map(({ name, state, because }) => `  ${terminalSafe(name)} ${state}: ${terminalSafe(because ?? '')}`),
  ].join('\n')
}
