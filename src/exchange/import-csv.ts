import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { reasonOf } from '../faults/fault.js'
import { runUntilAborted } from '../recordings/interruptible-run.js'
import { sqlText } from '../recordings/sql-text.js'
import type { ImportJob } from './import-job.js'
import { importInvalid, importUnclear } from './import-problem.js'
import { importRelation, ownTable, type Relation } from './import-relation.js'
import { DOUBLE_SAMPLES } from './line-text.js'

const HEAD_BYTES = 1024 * 1024
const MOST_COLUMNS = 4096
/** A row of 4,096 samples as text is 80 kB. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024

/** How a table of texts is told about, and whether our CSV has guarded its cells. */
interface TextTable {
  /** Of the file that the user named. */
  readonly path: string
  /** Of the table, where its columns alone do not tell it. */
  readonly name: string
  readonly delimiter: string
  readonly cells: Relation['cells']
  readonly placeOf: Relation['placeOf']
}

/** A CSV file with headings: our own, or any whose columns are mapped. @throws Fault IMPORT_INVALID with line and column, IMPORT_UNCLEAR, INTERRUPTED. */
export async function importCsv(job: ImportJob, path: string): Promise<void> {
  const delimiter = job.mapping.delimiter ?? ','
  await importTable(job, path, { path, name: path, delimiter, cells: 'guarded', placeOf: (row) => lineOf({ path, delimiter }, row) })
}

/** The rows of a CSV file that stands for what `table` says. */
export async function importTable(job: ImportJob, csv: string, table: TextTable): Promise<void> {
  const { path, name, delimiter } = table
  const written = await headingsOf(csv, delimiter)
  const isDouble = written.includes(DOUBLE_SAMPLES)
  const headings = written.map((name) => (name === DOUBLE_SAMPLES ? 'samples' : name))
  const columns = headings.map((name) => [name, 'VARCHAR'] as const)
  const found = ownTable({ columns, name })
  const own = found === 'waveforms' && isDouble ? 'waveforms64' : found
  if (own === null && job.mapping.time === undefined && headings.length === 1)
    throw importUnclear(path, `with "${delimiter}" as separator it has one column, ${headings[0]?.slice(0, 60)}`, "--delimiter ';'")
  const types = headings.map((_, i) => `c${i}: 'VARCHAR'`).join(', ')
  const read = `read_csv(${sqlText(csv)}, header = true, auto_detect = false, columns = {${types}}, delim = ${sqlText(delimiter)}, quote = '"', escape = '"',
    nullstr = '', allow_quoted_nulls = false, max_line_size = ${LONGEST_LINE_BYTES}, encoding = 'utf-8')`
  try {
    await runUntilAborted(job.connection, job.signal, () =>
      job.connection.run(`CREATE OR REPLACE TABLE stage.cells AS SELECT row_number() OVER () AS n, * FROM ${read}`),
    )
  } catch (thrown) {
    const reason = reasonOf(thrown)
    if (!/^(Invalid Input|Conversion|IO) Error/.test(reason)) throw thrown
    const line = /Line: (\d+)/.exec(reason)?.[1]
    throw importInvalid(path, reason.split('\n')[1]?.trim() || (reason.split('\n')[0] ?? reason), line === undefined ? {} : { line })
  }
  const named = headings.map((name, i) => `c${i} AS "${name.replaceAll('"', '""')}"`).join(', ')
  await importRelation(job, {
    path,
    select: `SELECT n, ${named} FROM stage.cells`,
    columns,
    own,
    cells: own === null ? 'plain' : table.cells,
    placeOf: table.placeOf,
  })
  await job.connection.run('DROP TABLE stage.cells')
}

async function headingsOf(path: string, delimiter: string): Promise<string[]> {
  const { parse } = await import('csv-parse/sync')
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
  const head = buffer.subarray(0, bytesRead)
  if (head[0] === 0xff || head[0] === 0xfe || head.includes(0)) throw importInvalid(path, 'it is no UTF-8 text; save it as UTF-8')
  let rows: string[][]
  try {
    rows = parse(head, { delimiter, bom: true, to: 1, relax_column_count: true })
  } catch (thrown) {
    throw importInvalid(path, reasonOf(thrown), { line: '1' })
  }
  const headings = rows[0]?.map((name) => name.trim().replaceAll('\0', '')) ?? []
  if (headings.length === 0) throw importInvalid(path, 'it is empty')
  if (headings.length > MOST_COLUMNS) throw importInvalid(path, `it has more than ${MOST_COLUMNS} columns`)
  const twice = headings.find((name, i) => headings.findIndex((other) => other.toLowerCase() === name.toLowerCase()) !== i)
  if (twice !== undefined) throw importInvalid(path, `two columns are called "${twice.slice(0, 60)}"`, { line: '1' })
  return headings
}

/** A record may have line ends in its cells; only counting from the start tells its line. */
async function lineOf({ path, delimiter }: { readonly path: string; readonly delimiter: string }, row: number): Promise<{ line: string }> {
  const { parse } = await import('csv-parse')
  const source = createReadStream(path)
  const parser = source.pipe(parse({ delimiter, bom: true, relax_column_count: true, info: true, raw: true, from: row + 1, to: row + 1 }))
  try {
    for await (const record of parser) {
      const { info, raw } = record as { info: { lines: number }; raw: string }
      return { line: String(info.lines - (raw.trimEnd().match(/\n/g)?.length ?? 0)) }
    }
  } finally {
    source.destroy()
  }
  return { line: String(row + 1) }
}
