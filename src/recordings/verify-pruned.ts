import type { DuckDBConnection } from '@duckdb/node-api'
import { partPaths, type RecordingView } from './open-recording.js'
import { sqlText } from './sql-text.js'

/** The aggregates may not stand for more than what was pruned; for less where the oldest of them are gone as well. */
export async function problemsOfPruned(view: RecordingView, pruned: number, connection: DuckDBConnection): Promise<string[]> {
  const minutes = partPaths(view, 'minutes')
  const blocks = view.parts.reduce((sum, { table, rows }) => (table === 'blocks' ? sum + rows : sum), 0)
  if (minutes.length === 0 && blocks === 0) return []
  try {
    const result =
      minutes.length === 0
        ? null
        : await connection.runAndReadAll(`SELECT sum(count)::DOUBLE FROM read_parquet([${minutes.map(sqlText).join(', ')}])`)
    const summed = Number(result?.getRows()[0]?.[0] ?? 0) + blocks
    return summed <= pruned ? [] : [`its aggregates stand for ${summed} measurements, but ${pruned} were pruned`]
  } catch {
    // A part that cannot be read is told by name.
    return []
  }
}
