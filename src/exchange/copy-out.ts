import { stat } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { runUntilAborted } from '../recordings/interruptible-run.js'
import { sqlText } from '../recordings/sql-text.js'
import type { ExportJob } from './export-job.js'

const TELL_EVERY_MS = 250

/** Lines as they are: nothing is quoted, the separator never comes up because there is one column. */
const AS_IS = `FORMAT csv, QUOTE '', ESCAPE '', DELIMITER '\x1f', NULLSTR ''`

/** Writes the one text column of a SELECT as lines. @param header  a first line, without its line end. */
export async function copyLines(job: ExportJob, select: string, to: { readonly path: string; readonly header?: string }): Promise<void> {
  const header = to.header === undefined ? 'HEADER false' : `HEADER true`
  const named = to.header === undefined ? select : `SELECT line AS "${to.header.replaceAll('"', '""')}" FROM (${select})`
  await runTold(job, `COPY (${named}) TO ${sqlText(to.path)} (${AS_IS}, ${header})`, to.path)
}

/** A statement that can be interrupted and whose growing file is told. */
export async function runTold(job: ExportJob, sql: string, path: string): Promise<void> {
  const telling = setInterval(() => {
    stat(path).then(
      ({ size }) => job.progress({ done: Math.round(size / 1e6), total: 0, what: 'MB written' }),
      () => {},
    )
  }, TELL_EVERY_MS)
  try {
    await runUntilAborted(job.connection, job.signal, () => job.connection.run(sql))
  } finally {
    clearInterval(telling)
  }
}

/** The first number of a SELECT. */
export async function numberOf(connection: DuckDBConnection, sql: string): Promise<number> {
  return Number((await connection.runAndReadAll(sql)).getRows()[0]?.[0] ?? 0)
}
