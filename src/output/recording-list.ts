import { counted } from '../readings/counted.js'
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
      ['clock', clockText(start)],
      ['counts', `stored ${details.stored}, dropped ${details.dropped}, gaps ${details.gaps}`],
      [
        'files',
        `${counted(details.parts, 'part')}, ${byteText(details.bytes)}${start.flushIntervalMs > 0 ? `, flushed every ${start.flushIntervalMs} ms` : ''}`,
      ],
      ['ended by', details.endedBy ?? (details.writer === null ? 'nobody closed it' : `still recording, process ${details.writer.pid}`)],
    ],
  )
  return `${header}\n\n${sensorTable(points)}`
}

const WIDTH = 80

/** With addresses that are too long for a line beside the rest, each stands below its sensor. */
function sensorTable(points: RecordingDetails['points']): string {
  const headings = ['SENSOR', 'KIND', 'UNIT', 'ASSET']
  const rows = points.map(({ key, kind, unit, asset }) => [key, kind, unit ?? '–', asset ?? '–'])
  const addresses = points.map(({ address }) => address)
  const table = formatTable(
    [...headings, 'ADDRESS'],
    rows.map((row, i) => [...row, addresses[i] ?? '']),
  )
  if (table.split('\n').every((line) => line.length <= WIDTH)) return table
  const [heading = '', ...lines] = formatTable(headings, rows).split('\n')
  return [heading, ...lines.flatMap((line, i) => [line, `  ${terminalSafe(addresses[i] ?? '')}`])].join('\n')
}

/** The offset is the server's time minus ours. */
function clockText({ clock: { ntpOffsetMs, ntpServer, because } }: RecordingDetails['start']): string {
  if (ntpOffsetMs === null) return `how far off is not known${because === undefined ? '' : `: ${because}`}`
  const side = ntpOffsetMs < 0 ? 'ahead of' : 'behind'
  return `${Math.abs(ntpOffsetMs)} ms ${side} ${ntpServer ?? 'its time server'} at the start`
}

export function formatVerdict(verdict: RecordingVerdict): string {
  const { path, state, produced, stored, buffered, dropped, pruned, gaps, parts, bytes, ok, problems, notes } = verdict
  return [
    `${ok ? 'whole' : 'DAMAGED'}  ${terminalSafe(path)}  (${state}, ${counted(parts, 'part')}, ${byteText(bytes)})`,
    `produced ${produced} = stored ${stored} + buffered ${buffered} + dropped ${dropped}${pruned === 0 ? '' : ` + pruned ${pruned}`};  gaps ${gaps}`,
    ...problems.map((problem) => `  problem  ${terminalSafe(problem)}`),
    ...notes.map((note) => `  note  ${terminalSafe(note)}`),
  ].join('\n')
}

function secondsOf(time: string | null): string {
  return time === null ? '–' : `${time.slice(0, 19)}Z`
}
