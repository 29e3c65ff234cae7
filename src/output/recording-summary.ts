import { resolve } from 'node:path'
import type { RoadReport } from '../acquisition/acquire.js'
import { counted } from '../readings/counted.js'
import type { EndedBy } from '../sinks/contract.js'
import { endedText } from './ended-text.js'
import { type SinkSummary, sinkLines, sinkSummaries } from './sink-summary.js'
import { terminalSafe } from './terminal-safe.js'

/** `record --json`, and the fields that `recordings verify --json` shares with it. */
export interface RecordingSummary {
  readonly schema: 'chatterfix/recording/1'
  readonly path: string
  /** Readings and waveform blocks that came off the lines, but for those that said nothing new (`leftOut`). */
  readonly produced: number
  /** Readings within their deadbands, left out on purpose. */
  readonly leftOut: number
  readonly stored: number
  readonly dropped: number
  readonly gaps: number
  /** Parquet files. */
  readonly parts: number
  readonly endedBy: EndedBy
  /** Sensors that gave no value at all. */
  readonly silent: readonly string[]
  /** How evenly polled sensors were sampled, by period. */
  readonly sampling: RoadReport['sampling']
  /** How far the clocks of devices that stamp their own readings were behind this machine’s at the end (or their readings late), by sensor, in ms. */
  readonly deviceOffsetsMs: Readonly<Record<string, number>>
  readonly drops: readonly { readonly count: number; readonly cause: string }[]
  /** Of the recording and of each `--to`. */
  readonly sinks: readonly SinkSummary[]
  readonly lines: readonly { readonly name: string; readonly state: string; readonly because: string | null }[]
}

/** The end of a run as one document. */
export function summaryOf(path: string, { report, parts }: { readonly report: RoadReport; readonly parts: number }): RecordingSummary {
  const tally = report.sinks.find(({ name }) => name === 'recording')?.tally
  return {
    schema: 'chatterfix/recording/1',
    path: resolve(path),
    produced: report.produced - (tally?.leftOut ?? 0),
    leftOut: tally?.leftOut ?? 0,
    stored: tally?.stored ?? 0,
    dropped: tally?.dropped ?? 0,
    gaps: report.gaps,
    parts,
    endedBy: report.endedBy,
    silent: report.silent,
    sampling: report.sampling,
    deviceOffsetsMs: Object.fromEntries(report.deviceOffsetsMs),
    drops: (tally?.drops ?? []).map(({ count, cause }) => ({ count, cause })),
    sinks: sinkSummaries(report),
    lines: report.lines.map(({ name, state, fault }) => ({ name, state, because: fault?.message ?? null })),
  }
}

export function formatRecordingSummary(summary: RecordingSummary): string {
  const { path, produced, leftOut, stored, dropped, gaps, parts, endedBy, drops, sinks, lines, silent } = summary
  return [
    `recorded ${terminalSafe(path)}  (${counted(parts, 'part')}, ${endedText(endedBy)})`,
    `produced ${produced} = stored ${stored} + dropped ${dropped};  gaps ${gaps}`,
    ...(leftOut > 0 ? [`  ${counted(leftOut, 'reading')} within their deadbands were left out`] : []),
    ...silentLine(silent),
    ...drops.map(({ count, cause }) => `  dropped ${count}: ${terminalSafe(cause)}`),
    ...sinkLines(sinks),
    ...lines
      .filter(({ because }) => because !== null)
      .map(({ name, state, because }) => `  ${terminalSafe(name)} ${state}: ${terminalSafe(because ?? '')}`),
  ].join('\n')
}

/** One line on the sensors that gave nothing; none where all did. */
export function silentLine(silent: readonly string[]): readonly string[] {
  if (silent.length === 0) return []
  const some = silent
    .slice(0, 3)
    .map((key) => terminalSafe(key))
    .join(', ')
  return [`  ${counted(silent.length, 'sensor')} never gave a value: ${some}${silent.length > 3 ? ' …' : ''}`]
}
