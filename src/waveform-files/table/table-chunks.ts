import type { DuckDBConnection } from '@duckdb/node-api'
import { unreadable } from '../unreadable.js'
import { type TableSource, tableReason } from './table-source.js'

/** The values of a SELECT of one DOUBLE column, in the file's order, some thousand at a time. @throws Fault WAVEFORM_FILE_UNREADABLE */
export async function* tableChunks(connection: DuckDBConnection, source: TableSource, select: string): AsyncGenerator<Float64Array> {
  const { doublesOf } = await import('../../recordings/chunk-reader.js')
  try {
    const result = await connection.stream(select)
    for await (const chunk of result) if (chunk.rowCount > 0) yield doublesOf(chunk, 0)
  } catch (thrown) {
    throw unreadable(source.path, tableReason(thrown))
  }
}
