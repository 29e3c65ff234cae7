import type { ExportSummary } from '../exchange/export-recording.js'
import type { ImportSummary } from '../exchange/import-files.js'
import { byteText } from './byte-text.js'
import { terminalSafe } from './terminal-safe.js'

export function formatExport({ recording, format, files, rows, left, notes }: ExportSummary): string {
  const counts = Object.entries(rows).flatMap(([table, count]) => {
    const written = count - (left.find(({ what }) => what === table)?.count ?? 0)
    return written > 0 ? [`${written} ${table}`] : []
  })
  return [
    `${terminalSafe(recording)} as ${format}: ${counts.join(', ') || 'no rows'}`,
    ...files.map(({ path, bytes }) => `  ${terminalSafe(path)}  ${byteText(bytes)}`),
    ...left.map(({ what, count, because }) => `  left out  ${count} ${what}: ${terminalSafe(because)}`),
    ...notes.map((note) => `  note  ${terminalSafe(note)}`),
  ].join('\n')
}

export function formatImport({ recording, rows, sensors, parts, bytes, left, notes }: ImportSummary): string {
  const counts = Object.entries(rows).flatMap(([table, count]) => (count > 0 ? [`${count} ${table}`] : []))
  return [
    `${terminalSafe(recording)}: ${counts.join(', ')} of ${sensors} sensors in ${parts} parts, ${byteText(bytes)}`,
    ...left.map(({ what, count, because }) => `  left out  ${count} ${what}: ${terminalSafe(because)}`),
    ...notes.map((note) => `  note  ${terminalSafe(note)}`),
  ].join('\n')
}
