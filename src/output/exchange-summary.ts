import type { ExportSummary } from '../exchange/export-recording.js'
import { terminalSafe } from './terminal-safe.js'

export function formatExport({ recording, format, files, rows, left, notes }: ExportSummary): string {
  const counts = Object.entries(rows).flatMap(([table, count]) => (count > 0 ? [`${count} ${table}`] : []))
  return [
    `${terminalSafe(recording)} as ${format}: ${counts.join(', ') || 'no rows'}`,
    ...files.map(({ path, bytes }) => `  ${terminalSafe(path)}  ${sizeText(bytes)}`),
    ...left.map(({ what, count, because }) => `  left out  ${count} ${what}: ${terminalSafe(because)}`),
    ...notes.map((note) => `  note  ${terminalSafe(note)}`),
  ].join('\n')
}

function sizeText(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`
}
