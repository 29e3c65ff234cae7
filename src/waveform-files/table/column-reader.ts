import type { DuckDBConnection } from '@duckdb/node-api'
import type { WaveformFile } from '../waveform-file.js'
import { tableChunks } from './table-chunks.js'
import { quotedName, type TableColumn, type TableSource } from './table-source.js'

/** Where the last reading of a column ended: rows have no other index. */
interface Cursor {
  readonly channel: number
  readonly chunks: AsyncGenerator<Float64Array>
  next: number
  rest: Float64Array
}

/** Reads a column on from where the last reading ended; going back begins anew. What is missing is NaN. */
export function columnReader(connection: DuckDBConnection, source: TableSource, columns: readonly TableColumn[]): WaveformFile['read'] {
  let cursor: Cursor | null = null
  return async ({ channel, from, count }) => {
    const column = columns[channel]
    if (column === undefined) return new Float64Array(0)
    if (cursor === null || cursor.channel !== channel || cursor.next > from) {
      await cursor?.chunks.return(undefined)
      const select = `SELECT coalesce(${quotedName(column.name)}::DOUBLE, 'nan'::DOUBLE) FROM ${source.sql}`
      cursor = { channel, chunks: tableChunks(connection, source, select), next: 0, rest: new Float64Array(0) }
    }
    return await readOn(cursor, from, count)
  }
}

async function readOn(cursor: Cursor, from: number, count: number): Promise<Float64Array> {
  const pieces: Float64Array[] = []
  let taken = 0
  while (taken < count) {
    if (cursor.rest.length === 0) {
      const next = await cursor.chunks.next()
      if (next.done === true) break
      cursor.rest = next.value
    }
    const skipped = Math.min(cursor.rest.length, Math.max(0, from - cursor.next))
    const piece = cursor.rest.subarray(skipped, skipped + count - taken)
    cursor.next += skipped + piece.length
    cursor.rest = cursor.rest.subarray(skipped + piece.length)
    pieces.push(piece)
    taken += piece.length
  }
  const samples = new Float64Array(taken)
  let at = 0
  for (const piece of pieces) {
    samples.set(piece, at)
    at += piece.length
  }
  return samples
}
