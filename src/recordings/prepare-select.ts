import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api'
import { Fault } from '../faults/fault.js'

/** Nothing but one SELECT: COPY, ATTACH, SET, PRAGMA and the like are refused by their kind, before they run. */
export async function prepareSelect(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const { StatementType } = await import('@duckdb/node-api')
  if (sql.replaceAll(/--.*$|\/\*[\s\S]*?\*\//gm, '').trim() === '') throw invalid('the query is empty')
  const statements = await connection.extractStatements(sql)
  if (statements.count !== 1) throw invalid(`one SELECT at a time; these are ${statements.count} statements`)
  const prepared = await statements.prepare(0)
  if (prepared.statementType !== StatementType.SELECT) {
    throw invalid(`only SELECT may be asked of a recording, not ${StatementType[prepared.statementType]}`)
  }
  if (prepared.parameterCount > 0) throw invalid('a query has no parameters: write the value itself')
  return prepared
}

function invalid(because: string): Fault {
  return new Fault('QUERY_INVALID', { message: 'the query cannot be answered', because })
}
