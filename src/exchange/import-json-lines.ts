import { reasonOf } from '../faults/fault.js'
import { runUntilAborted } from '../recordings/interruptible-run.js'
import { sqlText } from '../recordings/sql-text.js'
import { columnsOf, EXCHANGE_TABLE_NAMES } from './exchange-tables.js'
import { type ImportJob, staged } from './import-job.js'
import { importInvalid } from './import-problem.js'

/** JSON lines as `export` writes them: an object a row, which names its table. @throws Fault IMPORT_INVALID with the line, INTERRUPTED. */
export async function importJsonLines(job: ImportJob, path: string): Promise<void> {
  const { connection, signal } = job
  const run = async (sql: string) => {
    try {
      return await runUntilAborted(connection, signal, () => connection.runAndReadAll(sql))
    } catch (thrown) {
      const reason = reasonOf(thrown)
      if (!/^(Invalid Input|Conversion|IO) Error/.test(reason)) throw thrown
      const line = /line (\d+)/i.exec(reason)?.[1]
      throw importInvalid(path, reason.split('\n')[0] ?? reason, line === undefined ? {} : { line })
    }
  }
  const source = (columns: string) => `read_ndjson(${sqlText(path)}, columns = {"table": 'VARCHAR'${columns}})`
  const counted = await run(`SELECT "table", count(*) FROM ${source('')} GROUP BY ALL`)
  for (const [table, count] of counted.getRows()) {
    if (EXCHANGE_TABLE_NAMES.some((known) => known === table)) continue
    if (table === null)
      throw importInvalid(path, `${Number(count)} of its objects name no table; make CSV of it, whose columns can be mapped`)
    job.left.push({ what: 'objects', count: Number(count), because: `${path}: there is no table ${String(table).slice(0, 60)}` })
  }
  const there = new Set(counted.getRows().map(([table]) => String(table)))
  for (const table of EXCHANGE_TABLE_NAMES.filter((name) => there.has(name))) {
    const columns = columnsOf(table)
    // Times with a zone are read as what they are; the session is in UTC.
    const types = columns.map(([name, type]) => `, "${name}": '${type === 'TIMESTAMP' ? 'TIMESTAMPTZ' : type}'`).join('')
    const cells = columns.map(([name, type]) => (type === 'TIMESTAMP' ? `"${name}"::TIMESTAMP` : `"${name}"`)).join(', ')
    await run(`INSERT INTO ${staged(table)} SELECT ${cells} FROM ${source(types)} WHERE "table" = '${table}'`)
  }
}
