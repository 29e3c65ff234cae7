import { writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { sqlText } from '../recordings/sql-text.js'
import { appendWaveformLines } from './append-waveform-lines.js'
import { copyLines, numberOf, runTold } from './copy-out.js'
import { columnsOf, EXCHANGE_TABLE_NAMES, type ExchangeTable } from './exchange-tables.js'
import { carriedTables, type ExportJob } from './export-job.js'
import { LINE_PROTOCOL_SQL } from './line-protocol/line-protocol-sql.js'
import { csvLineSql, DOUBLE_SAMPLES, jsonLineSql } from './line-text.js'

/** Rows of 4,096 samples are 16 to 32 KiB each: a row group of them must fit into memory. */
const WAVEFORM_GROUP_ROWS = 2048

/** `run.csv` for the readings, `run.events.csv` beside it for the events. */
export function pathOfTable(to: string, table: ExchangeTable): string {
  if (table === 'readings') return to
  const ending = extname(to)
  return join(dirname(to), `${basename(to, ending)}.${table}${ending}`)
}

/** One file a table. The readings' file is there even where there are none. */
export async function writeCsv(job: ExportJob): Promise<void> {
  for (const table of filledTables(job)) {
    const columns = columnsOf(table)
    const path = await job.output.add(pathOfTable(job.to, table))
    const header = `${columns.map(([name, type]) => (type === 'DOUBLE[]' ? DOUBLE_SAMPLES : name)).join(',')}\r`
    if (table === 'waveforms' || table === 'waveforms64') {
      await writeFile(path, `${header}\n`)
      await appendWaveformLines(job, table, { path, line: csvLineSql(columns) })
    } else await copyLines(job, `SELECT ${csvLineSql(columns)} AS line FROM (${job.tables[table]})`, { path, header })
  }
}

export async function writeParquet(job: ExportJob): Promise<void> {
  for (const table of filledTables(job)) {
    const path = await job.output.add(pathOfTable(job.to, table))
    const groups = table.startsWith('waveforms') ? `, ROW_GROUP_SIZE ${WAVEFORM_GROUP_ROWS}` : ''
    await runTold(
      job,
      `COPY (${job.tables[table]}) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2${groups})`,
      path,
    )
  }
}

export async function writeJsonLines(job: ExportJob): Promise<void> {
  const path = await job.output.add(job.to)
  // What explains the rest comes first.
  const tables = EXCHANGE_TABLE_NAMES.toReversed().filter((table) => job.rows[table] > 0 && !table.startsWith('waveforms'))
  const selects = tables.map((table) => `SELECT ${jsonLineSql(table, columnsOf(table))} AS line FROM (${job.tables[table]})`)
  await copyLines(job, selects.length === 0 ? "SELECT '' AS line WHERE false" : selects.join(' UNION ALL '), { path })
  for (const table of ['waveforms', 'waveforms64'] as const)
    if (job.rows[table] > 0) await appendWaveformLines(job, table, { path, line: jsonLineSql(table, columnsOf(table)) })
}

/** A database file with a table of each kind. */
export async function writeDuckdb(job: ExportJob): Promise<void> {
  const path = await job.output.add(job.to)
  const { connection } = job
  await connection.run(`ATTACH ${sqlText(path)} AS exported`)
  try {
    for (const table of EXCHANGE_TABLE_NAMES) await runTold(job, `CREATE TABLE exported.${table} AS ${job.tables[table]}`, path)
    await connection.run('CHECKPOINT exported')
  } finally {
    await connection.run('DETACH exported')
  }
}

export async function writeLineProtocol(job: ExportJob): Promise<void> {
  const path = await job.output.add(job.to)
  const carried = Object.keys(LINE_PROTOCOL_SQL) as (keyof typeof LINE_PROTOCOL_SQL)[]
  const tables = carriedTables(job, carried, 'line protocol') as typeof carried
  const selects = tables.map((table) => `SELECT ${LINE_PROTOCOL_SQL[table]} AS line FROM (${job.tables[table]})`)
  await copyLines(job, selects.length === 0 ? "SELECT '' AS line WHERE false" : selects.join(' UNION ALL '), { path })
  const infinite = await numberOf(job.connection, `SELECT count(*) FROM (${job.tables.readings}) WHERE isinf(value)`)
  if (infinite > 0)
    job.left.push({ what: 'infinite values', count: infinite, because: 'line protocol has none; their lines are there, without a value' })
}

function filledTables(job: ExportJob): ExchangeTable[] {
  return EXCHANGE_TABLE_NAMES.filter((table) => table === 'readings' || job.rows[table] > 0)
}
