import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api'
import { Fault } from '../faults/fault.js'
import type { RecordingView } from './open-recording.js'
import { prepareSelect } from './prepare-select.js'
import { createViews, viewsNamedIn, withViewsBefore } from './recording-tables.js'
import type { StatementLimit } from './statement-limit.js'

export interface PreparedOverViews {
  readonly prepared: DuckDBPreparedStatement
  /** As it was prepared; the statement that was asked begins after so many lines. */
  readonly sql: string
  readonly linesBefore: number
  /** Parts that cannot be read and were left out. */
  readonly warnings: readonly string[]
}

/** Prepares a statement that may name the views of these recordings: with the views in it, or over views that are made where that cannot be done. */
export async function prepareOverViews(
  connection: DuckDBConnection,
  recordings: readonly RecordingView[],
  { sql, limit }: { readonly sql: string; readonly limit: StatementLimit },
): Promise<PreparedOverViews> {
  const whole = withViewsBefore(sql, recordings)
  if (whole !== null) {
    try {
      return { prepared: await limit.during(() => prepareSelect(connection, whole)), sql: whole, linesBefore: 1, warnings: [] }
    } catch (thrown) {
      // A damaged part, or a statement at fault: with views the one is left out, and what is said of the other is about the text that was asked.
      if (thrown instanceof Fault) throw thrown
    }
  }
  const warnings = await createViews(connection, recordings, viewsNamedIn(sql))
  return { prepared: await limit.during(() => prepareSelect(connection, sql)), sql, linesBefore: 0, warnings }
}
