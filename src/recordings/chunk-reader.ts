import type { DuckDBDataChunk } from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'

/** Loads DuckDB's bindings: import this file by `import()`. */

type Floats = Float32ArrayConstructor | Float64ArrayConstructor

const LIST_ENTRY_BYTES = 16

/** Shape (rows,): a DOUBLE column; what is missing is whatever lies there. */
export function doublesOf(chunk: DuckDBDataChunk, column: number): Float64Array {
  return new Float64Array(copyOf(duckdb.data_chunk_get_vector(chunk.chunk, column), chunk.rowCount * 8))
}

/** Shape (rows,): a column of 64-bit integers within 2^53 (TIMESTAMP as epoch microseconds) as doubles. */
export function integersOf(chunk: DuckDBDataChunk, column: number): Float64Array {
  const buffer = copyOf(duckdb.data_chunk_get_vector(chunk.chunk, column), chunk.rowCount * 8)
  const words = { low: new Uint32Array(buffer), high: new Int32Array(buffer) }
  return Float64Array.from({ length: chunk.rowCount }, (_, row) => (words.high[2 * row + 1] ?? 0) * 2 ** 32 + (words.low[2 * row] ?? 0))
}

/** Shape (rows,): a UTINYINT column. */
export function bytesOf(chunk: DuckDBDataChunk, column: number): Uint8Array {
  return new Uint8Array(copyOf(duckdb.data_chunk_get_vector(chunk.chunk, column), chunk.rowCount))
}

/** One array of samples per row of a FLOAT[] or DOUBLE[] column. */
export function listsOf<T extends Floats>(chunk: DuckDBDataChunk, column: number, Samples: T): InstanceType<T>[] {
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, column)
  const entries = new BigUint64Array(copyOf(vector, chunk.rowCount * LIST_ENTRY_BYTES))
  const size = duckdb.list_vector_get_size(vector)
  const child = copyOf(duckdb.list_vector_get_child(vector), size * Samples.BYTES_PER_ELEMENT)
  return Array.from({ length: chunk.rowCount }, (_, row) => {
    const offset = Number(entries[2 * row] ?? 0n)
    const length = Math.min(Number(entries[2 * row + 1] ?? 0n), size - offset)
    return new Samples(child, offset * Samples.BYTES_PER_ELEMENT, Math.max(0, length)) as InstanceType<T>
  })
}

/** DuckDB's memory is gone with the chunk; what is kept is a copy. */
function copyOf(vector: duckdb.Vector, bytes: number): ArrayBuffer {
  if (bytes === 0) return new ArrayBuffer(0)
  const view = duckdb.vector_get_data(vector, bytes)
  return view.slice().buffer
}
