import type { ExportSummary } from '../exchange/export-recording.js'
import type { ImportSummary } from '../exchange/import-files.js'
import { counted } from '../readings/counted.js'
import { byteText } from './byte-text.js'
import { terminalSafe } from './terminal-safe.js'

/** Waveforms are told in the blocks that were measured, not in the pieces of single and double precision that they are kept in. */
const PIECES: readonly string[] = ['waveforms', 'waveforms64']

export function formatExport({ recording, format, files, rows, waveformBlocks, left, notes }: ExportSummary): string {
  const isLeft = (table: string) => left.some(({ what }) => what === table)
  const pieces = Object.entries(rows).some(([table, count]) => PIECES.includes(table) && count > 0 && !isLeft(table))
  const counts = [
    ...Object.entries(rows).flatMap(([table, count]) => {
      const written = count - (left.find(({ what }) => what === table)?.count ?? 0)
      return written > 0 && !PIECES.includes(table) ? [rowsText(written, table)] : []
    }),
    ...(pieces ? [rowsText(waveformBlocks, 'waveforms')] : []),
  ]
  const leftPieces = left.find(({ what }) => PIECES.includes(what))
  const told = [
    ...left.filter(({ what }) => !PIECES.includes(what)),
    ...(leftPieces === undefined ? [] : [{ ...leftPieces, what: 'waveforms', count: waveformBlocks }]),
  ]
  return [
    `${terminalSafe(recording)} as ${format}: ${counts.join(', ') || 'no rows'}`,
    ...files.map(({ path, bytes }) => `  ${terminalSafe(path)}  ${byteText(bytes)}`),
    ...told.map(({ what, count, because }) => `  left out  ${rowsText(count, what)}: ${terminalSafe(because)}`),
    ...notes.map((note) => `  note  ${terminalSafe(note)}`),
  ].join('\n')
}

/** The names of tables are plurals. */
function rowsText(count: number, table: string): string {
  return table.endsWith('s') ? counted(count, table.slice(0, -1)) : `${count} ${table}`
}

export function formatImport({ recording, rows, sensors, parts, bytes, left, notes }: ImportSummary): string {
  const pieces = PIECES.reduce((sum, table) => sum + (rows[table as keyof typeof rows] ?? 0), 0)
  const counts = [
    ...Object.entries(rows).flatMap(([table, count]) => (count > 0 && !PIECES.includes(table) ? [rowsText(count, table)] : [])),
    ...(pieces > 0 ? [`waveforms in ${counted(pieces, 'piece')}`] : []),
  ]
  return [
    `${terminalSafe(recording)}: ${counts.join(', ')} of ${counted(sensors, 'sensor')} in ${counted(parts, 'part')}, ${byteText(bytes)}`,
    ...left.map(({ what, count, because }) => `  left out  ${count} ${what}: ${terminalSafe(because)}`),
    ...notes.map((note) => `  note  ${terminalSafe(note)}`),
  ].join('\n')
}
