import type { DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'

const VALIDITY_WORD_ROWS = 64

type Column = Int32Array | Uint32Array | Uint16Array | Uint8Array | Float64Array | BigInt64Array | BigUint64Array

/** Copies rows of a typed array into a column of a chunk. `perRow` elements make one row (2 words for a TIMESTAMP). */
export function copyColumn(
  chunk: DuckDBDataChunk,
  column: number,
  source: Column,
  rows: { readonly from: number; readonly count: number; readonly perRow?: number },
): void {
  const rowBytes = source.BYTES_PER_ELEMENT * (rows.perRow ?? 1)
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, column)
  duckdb.copy_data_to_vector(vector, 0, source.buffer as ArrayBuffer, source.byteOffset + rows.from * rowBytes, rows.count * rowBytes)
}

/** Marks the rows of a column that have no value. */
export function markMissing(chunk: DuckDBDataChunk, column: number, count: number, isMissing: (row: number) => boolean): void {
  const bits = new Uint8Array(Math.ceil(count / VALIDITY_WORD_ROWS) * 8).fill(0xff)
  let missing = 0
  for (let row = 0; row < count; row++) {
    if (!isMissing(row)) continue
    bits[row >> 3] = (bits[row >> 3] ?? 0) & ~(1 << (row & 7))
    missing++
  }
  if (missing === 0) return
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, column)
  duckdb.vector_ensure_validity_writable(vector)
  duckdb.copy_data_to_vector_validity(vector, 0, bits.buffer, 0, bits.byteLength)
}

/** One text of a column. */
export function setText(chunk: DuckDBDataChunk, column: number, row: number, text: string): void {
  duckdb.vector_assign_string_element_len(duckdb.data_chunk_get_vector(chunk.chunk, column), row, Buffer.from(text))
}

/** A list column out of one typed array per row, all of the child's type. */
export function copyLists(chunk: DuckDBDataChunk, column: number, lists: readonly (Float32Array | Float64Array)[]): void {
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, column)
  const total = lists.reduce((sum, list) => sum + list.length, 0)
  duckdb.list_vector_reserve(vector, total)
  duckdb.list_vector_set_size(vector, total)
  const child = duckdb.list_vector_get_child(vector)
  // duckdb_list_entry: offset and length, 64 bits each.
  const entries = new BigUint64Array(2 * lists.length)
  let offset = 0
  lists.forEach((list, row) => {
    entries[2 * row] = BigInt(offset)
    entries[2 * row + 1] = BigInt(list.length)
    if (list.length > 0) {
      duckdb.copy_data_to_vector(child, offset * list.BYTES_PER_ELEMENT, list.buffer as ArrayBuffer, list.byteOffset, list.byteLength)
    }
    offset += list.length
  })
  duckdb.copy_data_to_vector(vector, 0, entries.buffer, 0, entries.byteLength)
}

/** Columns of plain values, for the tables that have few rows. */
export function setPlainColumns(chunk: DuckDBDataChunk, columns: readonly (readonly DuckDBValue[])[]): void {
  chunk.rowCount = columns[0]?.length ?? 0
  chunk.setColumns(columns)
}
