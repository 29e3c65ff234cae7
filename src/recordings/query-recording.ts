import { askRecordings, limitFault, type RecordingQuestion } from './ask-recordings.js'
import { type JsonValue, jsonConverter } from './json-value.js'

export interface RecordingQuery extends RecordingQuestion {
  readonly maxRows?: number
}

export interface QueryResult {
  readonly columns: readonly string[]
  readonly rows: readonly Readonly<Record<string, JsonValue>>[]
  /** Parts that cannot be read and were left out. */
  readonly warnings: readonly string[]
}

const DEFAULT_MAX_ROWS = 1_000_000

/**
 * Asks recordings in SQL; the whole answer at once, as what JSON can say. For answers of any size there is `askRecordings`.
 *
 * @throws Fault QUERY_INVALID, QUERY_LIMIT, RECORDING_UNREADABLE, FILE_NOT_FOUND, INTERRUPTED.
 */
export async function queryRecording(query: RecordingQuery): Promise<QueryResult> {
  const { maxRows = DEFAULT_MAX_ROWS } = query
  const { answer, warnings } = await askRecordings(query, async (statement) => {
    const convert = await jsonConverter()
    const columns = statement.columns.map(({ name }) => name)
    const rows: Record<string, JsonValue>[] = []
    for await (const chunk of statement.chunks()) {
      if (rows.length + chunk.rowCount > maxRows) throw limitFault(`it gives more than ${maxRows} rows`)
      for (const row of chunk.getRows()) rows.push(Object.fromEntries(columns.map((column, i) => [column, convert(row[i] ?? null)])))
    }
    return { columns, rows }
  })
  return { ...answer, warnings }
}
