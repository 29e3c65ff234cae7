import {
  BIGINT,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBTimestampValue,
  type DuckDBValue,
  FLOAT,
  LIST,
  TIMESTAMP,
  UINTEGER,
  UTINYINT,
  VARCHAR,
} from '@duckdb/node-api'
import type { EpochMicros } from '../readings/time.js'
import { copyLists } from '../sinks/recording/chunk-columns.js'

/** One row of a waveform that is imported. Loads DuckDB: import this file by `import()`. */
export interface StagedRow {
  readonly time: EpochMicros
  readonly sensor: string
  readonly unit: string | null
  readonly sampleRateHz: number
  readonly samples: Float32Array | Float64Array
}

/** Lists of a chunk; 64 rows of 4,096 doubles are 2 MiB. */
const CHUNK_ROWS = 64

/** Appends rows of one precision to the stage. */
export async function appendWaveformRows(connection: DuckDBConnection, rows: readonly StagedRow[]): Promise<void> {
  const isDouble = rows[0]?.samples instanceof Float64Array
  const appender = await connection.createAppender(isDouble ? 'waveforms64' : 'waveforms', 'main', 'stage')
  const types = [TIMESTAMP, TIMESTAMP, VARCHAR, VARCHAR, DOUBLE, LIST(isDouble ? DOUBLE : FLOAT), BIGINT, UINTEGER, UINTEGER, UTINYINT]
  for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
    const some = rows.slice(from, from + CHUNK_ROWS)
    const chunk = DuckDBDataChunk.create(types, some.length)
    const column = (index: number, value: (row: StagedRow) => DuckDBValue) => chunk.setColumnValues(index, some.map(value))
    for (const index of [0, 1]) column(index, ({ time }) => new DuckDBTimestampValue(BigInt(time)))
    column(2, ({ sensor }) => sensor)
    column(3, ({ unit }) => unit)
    column(4, ({ sampleRateHz }) => sampleRateHz)
    copyLists(
      chunk,
      5,
      some.map(({ samples }) => samples),
    )
    column(6, () => null)
    column(7, () => 0)
    column(8, () => 1)
    column(9, () => 0)
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}
