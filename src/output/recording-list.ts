import type { RecordingSummary } from '../recordings/list-recordings.js'
import type { RecordingDetails } from '../recordings/show-recording.js'
import type { RecordingVerdict } from '../recordings/verify-recording.js'
import { byteText } from './byte-text.js'
import { formatTable } from './table.js'
import { terminalSafe } from './terminal-safe.js'

export function formatRecordingList(recordings: readonly RecordingSummary[]): string {
  if (recordings.length === 0) return 'no recordings here'
  return formatTable(
    ['RECORDING', 'STATE', 'STARTED', 'UNTIL', 'SENSORS', 'STORED', 'DROPPED', 'GAPS', 'SIZE'],
    recordings.map((recording) => [
      recording.path,
      recording.state,
      secondsOf(recording.startedAt),
      secondsOf(recording.until),
      ...(recording.state === 'unreadable'
        ? [terminalSafe(recording.problem ?? '')]
        : [recording.sensors, recording.stored, recording.dropped, recording.gaps].map(String)),
      ...(recording.state === 'unreadable' ? [] : [byteText(recording.bytes)]),
    ]),
  )
}

export function formatRecordingDetails(details: RecordingDetails): string {
  const { start, points } = details
  const safe = (text: string) => terminalSafe(text)
  const header = formatTable(
    [safe(details.name), details.state],
    [
      ['folder', details.path],
      ['recorded', `${secondsOf(details.startedAt)} to ${secondsOf(details.until)}`],
      ['by', `${start.who} on ${start.host}, ${start.tool}`],
      ['site', details.site ?? '–'],
      ['counts', `stored ${details.stored}, dropped ${details.dropped}, gaps ${details.gaps}`],
      ['files', `${details.parts} parts, ${byteText(details.bytes)}, flushed every ${start.flushIntervalMs} ms`],
      ['ended by', details.endedBy ?? (details.writer === null ? 'nobody closed it' : `still recording, process ${details.writer.pid}`)],
    ],
  )
  const sensors = formatTable(
    ['SENSOR', 'KIND', 'UNIT', 'ASSET', 'ADDRESS'],
    points.map(({ key, kind, unit, asset, address }) => [key, kind, unit ?? '–', asset ?? '–', address]),
  )
  return `${header}\n\n${sensors}`
}

export function formatVerdict(verdict: RecordingVerdict): string {
  const { path, state, produced, stored, buffered, dropped, pruned, gaps, parts, bytes, ok, problems, notes } = verdict
  return [
    `${ok ? 'whole' : 'DAMAGED'}  ${terminalSafe(path)}  (${state}, ${parts} parts, ${byteText(bytes)})`,
    `produced ${produced} = stored ${stored} + buffered ${buffered} + dropped ${dropped}${pruned === 0 ? '' : ` + pruned ${pruned}`};  gaps ${gaps}`,
    ...problems.map((problem) => `  problem  ${terminalSafe(problem)}`),
    ...notes.map((note) => `  note  ${terminalSafe(note)}`),
  ].join('\n')
}

function secondsOf(time: string | null): string {
  return time === null ? '–' : `${time.slice(0, 19)}Z`
}
