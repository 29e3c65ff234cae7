import { counted } from '../readings/counted.js'
import type { CompactedRecording } from '../recordings/compact-recording.js'
import type { MarkedRecording } from '../recordings/mark-recording.js'
import type { MergedRecording } from '../recordings/merge-recordings.js'
import type { PrunedRecording } from '../recordings/prune-recording.js'
import type { PruneReport } from '../recordings/prune-recordings.js'
import type { WrittenRecording } from '../recordings/written-recording.js'
import { byteText } from './byte-text.js'
import { formatTable } from './table.js'
import { terminalSafe } from './terminal-safe.js'

const MAX_OVERLAPS_SHOWN = 5

/** `recordings cut` for people. */
export function formatWritten(written: WrittenRecording): string {
  const { path, stored, dropped, pruned, gaps, parts, bytes, startedAt, sensors } = written
  return [
    `written  ${terminalSafe(path)}  (${counted(parts, 'part')}, ${byteText(bytes)})`,
    `${counted(sensors, 'sensor')} from ${startedAt.slice(0, 19)}Z;  stored ${stored}, dropped ${dropped}${pruned > 0 ? `, pruned ${pruned}` : ''}, gaps ${gaps}`,
  ].join('\n')
}

/** `recordings merge` for people. */
export function formatMerged(merged: MergedRecording): string {
  const { doubled, overlaps } = merged
  const shown = overlaps.slice(0, MAX_OVERLAPS_SHOWN)
  return [
    formatWritten(merged),
    ...shown.map(({ sensor, from, to }) => `  shared  ${terminalSafe(sensor)}  ${from.slice(0, 19)}Z to ${to.slice(0, 19)}Z`),
    ...(overlaps.length > shown.length ? [`  and ${counted(overlaps.length - shown.length, 'sensor')} more`] : []),
    ...(overlaps.length > 0 ? [`  ${doubled} measurements were the same there (sensor, time, value) and are counted once`] : []),
  ].join('\n')
}

/** `recordings mark` for people. */
export function formatMarked({ path, time, text, sensors, by }: MarkedRecording): string {
  const where = sensors.length === 0 ? '' : `  on ${sensors.map((sensor) => terminalSafe(sensor)).join(', ')}`
  return [
    `marked  ${time}  ${terminalSafe(text)}${where}`,
    `  in ${terminalSafe(path)}, ${by === 'recorder' ? 'taken by the program that records' : 'added to its journal'}`,
  ].join('\n')
}

/** `recordings compact` for people. */
export function formatCompacted({ folder, before, after, damaged }: CompactedRecording): string {
  return [
    `compacted  ${terminalSafe(folder)}`,
    `${counted(before.parts, 'part')}, ${byteText(before.bytes)}  →  ${counted(after.parts, 'part')}, ${byteText(after.bytes)}`,
    ...damaged.map((problem) => `  left alone  ${terminalSafe(problem)}`),
  ].join('\n')
}

/** `recordings prune` for people. */
export function formatPruned({ dryRun, rawFrom, allFrom, recordings }: PruneReport): string {
  if (recordings.length === 0) return 'no recordings here'
  const kept = [
    ...(rawFrom === null ? [] : [`readings and waveforms from ${rawFrom.slice(0, 10)} on`]),
    ...(allFrom === null ? [] : [`aggregates, events and gaps from ${allFrom.slice(0, 10)} on`]),
  ]
  const table = formatTable(
    ['RECORDING', dryRun ? 'WOULD GO' : 'GONE', 'AGGREGATES', dryRun ? 'SIZE NOW' : 'SIZE'],
    recordings.map((recording) => [recording.path, goneText(recording), leftText(recording), sizesOf(recording)]),
  )
  return [
    `${dryRun ? 'would keep' : 'kept'}  ${kept.join('; ')}`,
    table,
    ...recordings
      .filter(({ bytesBefore, bytesAfter }) => bytesAfter !== null && bytesAfter > bytesBefore)
      .map(
        ({ path }) =>
          `  note  ${terminalSafe(path)} has grown: with less than about five readings a minute, minutes take more than readings`,
      ),
    ...recordings.flatMap(({ path, spared: { sensors, readings } }) =>
      readings === 0
        ? []
        : [
            `  stay  ${terminalSafe(path)}: ${readings} old readings of ${counted(sensors, 'sensor')} with at most one a minute; minutes would take more`,
          ],
    ),
    ...recordings.flatMap(({ path, because }) =>
      because === null ? [] : [`  left as it is  ${terminalSafe(path)}: ${terminalSafe(because)}`],
    ),
  ].join('\n')
}

function goneText({ outcome, pruned, gone }: PrunedRecording): string {
  if (outcome !== 'pruned') return outcome === 'unchanged' ? 'nothing' : outcome
  const others = Object.entries(gone).reduce((sum, [table, rows]) => (/^(readings|waveforms)/.test(table) ? sum : sum + rows), 0)
  return [...(pruned > 0 ? [`${pruned} measurements`] : []), ...(others > 0 ? [`${others} other rows`] : [])].join(', ')
}

function leftText({ left }: PrunedRecording): string {
  return Object.entries(left)
    .map(([table, rows]) => `${rows} ${table}`)
    .join(', ')
}

function sizesOf({ bytesBefore, bytesAfter }: PrunedRecording): string {
  return bytesAfter === null || bytesAfter === bytesBefore ? byteText(bytesBefore) : `${byteText(bytesBefore)} → ${byteText(bytesAfter)}`
}
