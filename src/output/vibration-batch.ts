import type { ChannelResult, ResultLine } from '../batch-analysis/batch-result.js'
import type { BatchSummary } from '../batch-analysis/run-batch.js'
import { counted } from '../readings/counted.js'
import { terminalSafe } from './terminal-safe.js'

/** More names nobody reads; the JSON has them all. */
const NAMED = 5

/** One row a channel: where, levels, zone, verdict, findings. Fixed widths: rows come one by one. */
export function batchRows(lines: readonly ResultLine[]): string[] {
  return lines.map((line) =>
    line.type === 'failure'
      ? `${terminalSafe(line.path)}  failed: ${terminalSafe(line.error.because ?? line.error.message)}`
      : channelRow(line),
  )
}

function channelRow({ path, channel, overall, severity, bearing, findings, warnings }: ChannelResult): string {
  const velocity = overall.velocityRmsMmPerS === null ? '—' : `${overall.velocityRmsMmPerS.toPrecision(3)} mm/s`
  const kurtosis = overall.kurtosis === null ? '—' : overall.kurtosis.toPrecision(3)
  const codes = findings.map(({ code }) => code).join(', ')
  return [
    `${terminalSafe(path)}  ${terminalSafe(channel)}`,
    velocity.padStart(10),
    `kurtosis ${kurtosis}`.padEnd(13),
    `zone ${severity?.zone ?? '—'}`,
    `bearing ${bearing?.verdict ?? '—'}`.padEnd(18),
    codes,
    warnings.length === 0 ? '' : `(${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'})`,
  ]
    .filter((cell) => cell !== '')
    .join('  ')
    .trimEnd()
}

/** How often each warning came, those first that say that a statement contradicts the data. */
export function formatBatchWarnings(counts: ReadonlyMap<string, number>): string[] {
  const isContradiction = (warning: string) => (warning.includes('as stated') ? 1 : 0)
  const sorted = [...counts].sort(([a, m], [b, n]) => isContradiction(b) - isContradiction(a) || n - m)
  const left = sorted.length - NAMED
  const named = sorted.slice(0, NAMED).map(([warning, count]) => `warning  ${count}×  ${terminalSafe(warning)}`)
  return left > 0 ? [...named, `warning  and ${left} others, in the results and the report`] : named
}

/** What became of the files, for people. */
export function formatBatchSummary({ files, analysed, skipped, left, failed, noMeasurement, out }: BatchSummary): string {
  const parts = [
    `${counted(files, 'file')}: ${analysed} analysed`,
    ...(skipped > 0 ? [`${skipped} were done before`] : []),
    ...(failed.length > 0 ? [`${failed.length} failed`] : []),
    ...(noMeasurement.length > 0 ? [`${noMeasurement.length} no measurement`] : []),
    ...(left > 0 ? [`${left} not reached`] : []),
  ]
  const passedOver = noMeasurement
    .slice(0, NAMED)
    .map(({ path, because }) => `warning  ${terminalSafe(path)} is no measurement and was passed over: ${terminalSafe(because)}`)
  const unnamed = noMeasurement.length > NAMED ? [`warning  and ${noMeasurement.length - NAMED} more`] : []
  return [...passedOver, ...unnamed, `${parts.join(', ')}${out === null ? '' : `; results in ${terminalSafe(out)}`}`].join('\n')
}
