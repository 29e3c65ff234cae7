import type { DuckDBConnection, DuckDBDataChunk, DuckDBPreparedStatement, DuckDBType } from '@duckdb/node-api'
import { sqlText } from './sql-text.js'
import type { StatementLimit } from './statement-limit.js'

export interface ResultColumn {
  /** As DuckDB names it; a second of the same name ends in `_1`. */
  readonly name: string
  readonly type: DuckDBType
}

/** A statement that may be run, as often as its rows are wanted. */
export interface CagedStatement {
  readonly columns: readonly ResultColumn[]
  /** Its rows, a chunk at a time; only some chunks are in memory. */
  chunks(): AsyncIterable<DuckDBDataChunk>
  /** The rows of a SELECT over its result, whose columns are c0, c1, … there. @param select  gets what stands behind FROM. */
  over(select: (result: string) => string): AsyncIterable<DuckDBDataChunk>
  /** Writes its result as Parquet to the file that the question named. */
  copyToParquet(path: string): Promise<number>
}

export function cagedStatement(
  connection: DuckDBConnection,
  prepared: DuckDBPreparedStatement,
  { sql, limit }: { readonly sql: string; readonly limit: StatementLimit },
): CagedStatement {
  // The statement goes in as a text, so that no bracket or comment in it can reach what is around it.
  const result = `query(${sqlText(sql)})`
  const columns = columnsOf(prepared)
  const numbered = `${result} AS result(${columns.map((_, i) => `c${i}`).join(', ')})`
  return {
    columns,
    chunks: () => stream(() => prepared.stream(), limit),
    over: (select) => stream(() => connection.stream(select(numbered)), limit),
    async copyToParquet(path) {
      const copy = `COPY (FROM ${result}) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)`
      const reader = await limit.during(() => connection.runAndReadAll(copy))
      return Number(reader.getRows()[0]?.[0] ?? 0)
    },
  }
}

function columnsOf(prepared: DuckDBPreparedStatement): ResultColumn[] {
  const taken = new Set<string>()
  return Array.from({ length: prepared.columnCount }, (_, i) => {
    const given = prepared.columnName(i)
    let name = given
    for (let n = 1; taken.has(name); n++) name = `${given}:${n}`
    taken.add(name)
    return { name, type: prepared.columnType(i) }
  })
}

async function* stream(
  start: () => Promise<{ fetchChunk(): Promise<DuckDBDataChunk | null> }>,
  limit: StatementLimit,
): AsyncGenerator<DuckDBDataChunk> {
  const result = await limit.during(start)
  while (true) {
    const chunk = await limit.during(() => result.fetchChunk())
    if (chunk === null || chunk.rowCount === 0) return
    yield chunk
  }
}
