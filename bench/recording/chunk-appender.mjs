// The fastest way that DuckDB itself offers: chunks copied from typed arrays into a table, then COPY to Parquet. No fsync, no sums, no journal.
import { DOUBLE, DuckDBDataChunk, DuckDBInstance, ENUM, TIMESTAMP, UTINYINT, VARCHAR } from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'

const CHUNK_ROWS = 2048

/**
 * @param columns  of `total` rows: time and received BigInt64Array, sensor Uint16Array, value Float64Array, unit Uint8Array, quality Uint8Array.
 * @param rowsPerFile  so many rows are appended, then copied into a file.
 * @returns seconds, with the bytes written.
 */
export async function appendAndCopy({ columns, total, rowsPerFile, sensors, units, fileOf }) {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  const list = (texts) => texts.map((text) => `'${text}'`).join(', ')
  await connection.run(`CREATE TYPE sensors AS ENUM (${list(sensors)})`)
  await connection.run(`CREATE TYPE units AS ENUM (${list(units)})`)
  const types = [TIMESTAMP, TIMESTAMP, ENUM(sensors), DOUBLE, ENUM(units), VARCHAR, UTINYINT]
  const chunk = DuckDBDataChunk.create(types)
  const noText = new Uint8Array(CHUNK_ROWS / 8)
  const startedMs = performance.now()
  for (let first = 0, file = 0; first < total; first += rowsPerFile, file++) {
    await connection.run(
      'CREATE TABLE t (time TIMESTAMP, received TIMESTAMP, sensor sensors, value DOUBLE, unit units, text VARCHAR, quality UTINYINT)',
    )
    const appender = await connection.createAppender('t')
    const end = Math.min(total, first + rowsPerFile)
    for (let from = first; from < end; from += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, end - from)
      chunk.reset()
      chunk.rowCount = count
      const copy = (column, source) => {
        const bytes = source.BYTES_PER_ELEMENT
        duckdb.copy_data_to_vector(duckdb.data_chunk_get_vector(chunk.chunk, column), 0, source.buffer, from * bytes, count * bytes)
      }
      copy(0, columns.time)
      copy(1, columns.received)
      copy(2, columns.sensor)
      copy(3, columns.value)
      copy(4, columns.unit)
      const text = duckdb.data_chunk_get_vector(chunk.chunk, 5)
      duckdb.vector_ensure_validity_writable(text)
      duckdb.copy_data_to_vector_validity(text, 0, noText.buffer, 0, noText.byteLength)
      copy(6, columns.quality)
      appender.appendDataChunk(chunk)
    }
    appender.closeSync()
    await connection.run(
      `COPY (SELECT time, received, sensor, value, unit, text, quality FROM t) TO '${fileOf(file)}' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)`,
    )
    await connection.run('DROP TABLE t')
  }
  const seconds = (performance.now() - startedMs) / 1000
  connection.closeSync()
  instance.closeSync()
  return seconds
}
