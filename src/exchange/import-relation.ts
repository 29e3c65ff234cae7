import { basename } from 'node:path'
import { unitOf } from '../readings/unit.js'
import { runUntilAborted } from '../recordings/interruptible-run.js'
import { isCounted } from '../recordings/part-rows.js'
import { sqlText } from '../recordings/sql-text.js'
import { numberOf } from './copy-out.js'
import { columnsOf, EXCHANGE_TABLE_NAMES, type ExchangeTable } from './exchange-tables.js'
import { type ImportJob, staged } from './import-job.js'
import { importInvalid, importUnclear } from './import-problem.js'
import { timeFromText } from './import-time-sql.js'
import { csvUnguardedSql } from './line-text.js'
import { suggestedMapping } from './suggested-mapping.js'

/** Rows that somebody else laid out, as something to select from. */
export interface Relation {
  /** Of the file they come from, for messages. */
  readonly path: string
  /** A SELECT; its column `n` counts the rows from 1. */
  readonly select: string
  /** Without `n`, with their DuckDB types. */
  readonly columns: readonly (readonly [name: string, type: string])[]
  /** The table of ours that has these columns; null where none has. */
  readonly own: ExchangeTable | null
  /** Whether cells are texts that our CSV has guarded. */
  readonly cells: 'guarded' | 'plain'
  /** Where row `n` is, e.g. its line. */
  readonly placeOf: (row: number) => Promise<Readonly<Record<string, string>>>
}

const NUMBER = `^ *[+-]?(\\d+[.]?\\d*|[.]\\d+)([eE][+-]?\\d+)? *$`
const NO_NUMBER = `('nan', '-nan')`
const MOST_COLUMNS = 4096

/** Puts the rows into the stage: by our own columns, or as the user mapped them. @throws Fault IMPORT_INVALID, IMPORT_UNCLEAR, INTERRUPTED. */
export async function importRelation(job: ImportJob, relation: Relation): Promise<void> {
  const { own } = relation
  if (own !== null && job.mapping.time === undefined) return await importOwn(job, relation, own)
  await importMapped(job, relation)
}

/**
 * The table that has these columns, in any order; null where none has. Several may: waveforms differ in the type of their samples alone,
 * aggregates of minutes, hours and days in nothing, so that only a name (`run.hours.csv`) tells them apart.
 */
export function ownTable({ columns, name }: { readonly columns: Relation['columns']; readonly name: string }): ExchangeTable | null {
  const names = new Set(columns.map(([column]) => column).filter((column) => !isCounted(column)))
  const isThis = (table: ExchangeTable) => columnsOf(table).length === names.size && columnsOf(table).every(([column]) => names.has(column))
  const fitting = EXCHANGE_TABLE_NAMES.filter(isThis)
  const isDouble = columns.some(([column, type]) => column === 'samples' && type === 'DOUBLE[]')
  if (fitting.includes('waveforms')) return isDouble ? 'waveforms64' : 'waveforms'
  const [only] = fitting
  if (fitting.length <= 1) return only ?? null
  const words = basename(name).split(/[^a-z0-9]+/)
  return fitting.toSorted((a, b) => words.lastIndexOf(b) - words.lastIndexOf(a)).find((table) => words.includes(table)) ?? null
}

async function importOwn(job: ImportJob, relation: Relation, table: ExchangeTable): Promise<void> {
  const columns = columnsOf(table).map(([name, type]) => {
    const given = relation.columns.find(([other]) => other === name)?.[1] ?? 'VARCHAR'
    return { name, cell: quoted(name), value: ownCell(quoted(name), type, { given, cells: relation.cells }) }
  })
  await refuseBadCells(job, relation, columns)
  const values = columns.map(({ name, value }) => `${value} AS ${name}`).join(', ')
  await runUntilAborted(job.connection, job.signal, () =>
    job.connection.run(`INSERT INTO ${staged(table)} SELECT ${values} FROM (${relation.select})`),
  )
}

function ownCell(cell: string, type: string, from: { readonly given: string; readonly cells: Relation['cells'] }): string {
  if (from.given !== 'VARCHAR') return `try_cast(${cell} AS ${type})`
  switch (type) {
    case 'VARCHAR':
      return from.cells === 'guarded' ? csvUnguardedSql(cell) : cell
    case 'TIMESTAMP':
      // Ours end in Z; the way by TIMESTAMPTZ takes five times as long.
      return `CASE WHEN ends_with(${cell}, 'Z') THEN try_cast(${cell} AS TIMESTAMP) ELSE try_cast(${cell} AS TIMESTAMPTZ)::TIMESTAMP END`
    case 'VARCHAR[]':
      return `CASE WHEN json_valid(${cell}) THEN from_json(${cell}, '["VARCHAR"]') END`
    default:
      return `try_cast(${cell} AS ${type})`
  }
}

interface CheckedColumn {
  readonly name: string
  readonly cell: string
  readonly value: string
}

/** @throws Fault IMPORT_INVALID with row, column and text of the first cell that is not what it should be. */
async function refuseBadCells(job: ImportJob, relation: Relation, columns: readonly CheckedColumn[]): Promise<void> {
  const firsts = columns.map(({ cell, value }) => `min(n) FILTER (WHERE ${cell} IS NOT NULL AND (${value}) IS NULL)`)
  const found = await runUntilAborted(job.connection, job.signal, () =>
    job.connection.runAndReadAll(`SELECT ${firsts.join(', ')} FROM (${relation.select})`),
  )
  const rows = (found.getRows()[0] ?? []).map((row) => (row === null ? Number.POSITIVE_INFINITY : Number(row)))
  const row = Math.min(...rows)
  const column = columns[rows.indexOf(row)]
  if (!Number.isFinite(row) || column === undefined) return
  const text = await job.connection.runAndReadAll(`SELECT ${column.cell}::VARCHAR FROM (${relation.select}) WHERE n = ${row} LIMIT 1`)
  const shown = String(text.getRows()[0]?.[0]).slice(0, 60)
  throw importInvalid(relation.path, `"${shown}" is no ${column.name === 'time' ? 'time' : 'value'} of the column ${column.name}`, {
    ...(await relation.placeOf(row)),
    column: column.name,
  })
}

async function importMapped(job: ImportJob, relation: Relation): Promise<void> {
  const { mapping, connection } = job
  const { path } = relation
  const names = relation.columns.map(([name]) => name)
  const listed = `its columns are ${names.slice(0, 12).join(', ')}${names.length > 12 ? ' …' : ''}`
  if (mapping.time === undefined) throw importUnclear(path, listed, suggestedMapping(names, shellName))
  const valueNames = valueColumns(mapping, names)
  for (const name of [mapping.time, mapping.sensor, mapping.unitColumn, ...valueNames]) {
    if (name !== undefined && !names.includes(name))
      throw importUnclear(path, `it has no column ${name}; ${listed}`, '--time COLUMN --value COLUMN')
  }
  if (valueNames.length === 0 || (mapping.form === 'long' && valueNames.length > 1))
    throw importUnclear(path, `which column has the values? ${listed}`, '--value COLUMN')
  if (mapping.form === 'long' && mapping.sensor === undefined && mapping.name === undefined)
    throw importUnclear(path, `no column says which sensor it is; ${listed}`, '--sensor COLUMN')
  const text = (name: string) => `trim((${quoted(name)})::VARCHAR)`
  const time = { name: 'time', cell: `nullif(${text(mapping.time)}, '')`, value: timeFromText(path, text(mapping.time), mapping) }
  const values = valueNames.map((name) => ({ name, ...valueCell(text(name), mapping) }))
  await refuseUnzoned(job, relation, time)
  await refuseBadCells(job, relation, [time, ...values])
  const before = await numberOf(connection, `SELECT count(*) FROM ${staged('readings')}`)
  const sensors = valueNames.map((name) => sensorSql(name, mapping, text))
  const unit = (name: string) =>
    mapping.unitColumn === undefined ? statedUnit(path, name, mapping) : `nullif(${text(mapping.unitColumn)}, '')`
  for (const [i, { name, value }] of values.entries()) {
    const select = `SELECT time_, time_, sensor_, value_, ${unit(name)}, NULL, 0 FROM (SELECT *, ${time.value} AS time_, ${sensors[i]} AS sensor_, ${value} AS value_ FROM (${relation.select}))
      WHERE time_ IS NOT NULL AND value_ IS NOT NULL AND NOT isnan(value_) AND sensor_ IS NOT NULL`
    await runUntilAborted(connection, job.signal, () => connection.run(`INSERT INTO ${staged('readings')} ${select}`))
    job.progress({ done: i + 1, total: values.length, what: 'columns' })
  }
  const taken = (await numberOf(connection, `SELECT count(*) FROM ${staged('readings')}`)) - before
  const all = (await numberOf(connection, `SELECT count(*) FROM (${relation.select})`)) * values.length
  if (all > taken) job.left.push({ what: 'cells', count: all - taken, because: `${path}: no value, no time or no sensor stands there` })
}

/** Times without a zone are asked about before they count as broken. */
async function refuseUnzoned(job: ImportJob, relation: Relation, time: CheckedColumn): Promise<void> {
  if (job.mapping.zone !== undefined || (job.mapping.timeFormat ?? 'rfc3339') !== 'rfc3339') return
  const zoneless = `try_cast(${time.cell} AS TIMESTAMP) IS NOT NULL AND (${time.value}) IS NULL`
  const count = await numberOf(job.connection, `SELECT count(*) FROM (${relation.select}) WHERE ${zoneless}`)
  if (count > 0) throw importUnclear(relation.path, `${count} of its times do not say their zone`, '--zone UTC')
}

function valueColumns({ values, form, time, sensor, unitColumn }: ImportJob['mapping'], names: readonly string[]): readonly string[] {
  if (values.length > 0 || form === 'long') return values
  return names.filter((name) => name !== time && name !== sensor && name !== unitColumn).slice(0, MOST_COLUMNS)
}

/** A number, NULL where nothing stands there. The cell is NULL where the text means "no value". */
function valueCell(text: string, { decimal, missing }: ImportJob['mapping']): { readonly cell: string; readonly value: string } {
  const absent = ['', ...missing].map(sqlText).join(', ')
  const cell = `CASE WHEN ${text} IN (${absent}) OR lower(${text}) IN ${NO_NUMBER} THEN NULL ELSE ${text} END`
  const point = decimal === 'comma' ? `replace(${cell}, ',', '.')` : cell
  const inCommas = decimal === 'comma' ? `contains(${cell}, '.')` : 'false'
  const value = `CASE WHEN ${inCommas} THEN NULL WHEN regexp_matches(${point}, '${NUMBER}') OR lower(${point}) IN ('inf', '-inf') THEN try_cast(${point} AS DOUBLE) WHEN lower(${point}) = 'true' THEN 1 WHEN lower(${point}) = 'false' THEN 0 END`
  return { cell, value }
}

function sensorSql(name: string, mapping: ImportJob['mapping'], text: (name: string) => string): string {
  if (mapping.form === 'wide') return sqlText(mapping.name === undefined ? name : `${mapping.name}/${name}`)
  return mapping.sensor === undefined ? sqlText(mapping.name ?? name) : `nullif(${text(mapping.sensor)}, '')`
}

/** The unit as stated for this column or for all; NULL where nobody stated one. */
function statedUnit(path: string, column: string, { units }: ImportJob['mapping']): string {
  const own = units.find((unit) => unit.startsWith(`${column}=`))?.slice(column.length + 1)
  const stated = own ?? units.find((unit) => !unit.includes('='))
  if (stated === undefined) return 'NULL'
  const known = unitOf(stated)
  if (known === undefined) throw importUnclear(path, `the unit ${stated} is not known`, '--unit °C')
  return sqlText(known.symbol)
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""').replaceAll('\0', '')}"`
}

function shellName(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", '')}'`
}
