import type { DuckDBConnection } from '@duckdb/node-api'
import { Fault } from '../../faults/fault.js'
import type { EpochMicros } from '../../readings/time.js'
import { tableChunks } from './table-chunks.js'
import { quotedName, type TableColumn, type TableSource } from './table-source.js'

/** Headings under which others write the time, with its unit where they state one. */
const TIME_HEADING = /^(?:t|time|times|timestamp|elapsed|elapsed[ _]time|zeit|temps)(?:[ _]*[[(]?(s|sec|seconds|ms|us|µs|ns)[\])]?)?$/i
const PER_SECOND: Readonly<Record<string, number>> = { s: 1, sec: 1, seconds: 1, ms: 1e3, us: 1e6, µs: 1e6, ns: 1e9 }

export interface TimeColumn {
  readonly column: TableColumn
  /** In the column’s own unit. */
  readonly perSecond: number
  readonly unit: 'stated' | 'taken for seconds'
}

export interface TableTimes {
  readonly rows: number
  /** Null where no column says it. */
  readonly sampleRateHz: number | null
  readonly startedAt: EpochMicros | null
  readonly notes: readonly string[]
}

/** @throws Fault USAGE where the named column is not there. */
export function timeColumnOf({ path, columns }: TableSource, named: string | undefined): TimeColumn | null {
  const column = columns.find(({ name, kind }) =>
    named === undefined ? kind === 'moment' || (kind === 'number' && TIME_HEADING.test(name.trim())) : name === named,
  )
  if (column === undefined) {
    if (named === undefined) return null
    throw new Fault('USAGE', {
      message: `${path} has no column ${named}`,
      because: `its columns are ${columns
        .slice(0, 12)
        .map(({ name }) => name)
        .join(', ')}`,
      advice: { help: '--time COLUMN' },
    })
  }
  if (column.kind === 'moment') return { column, perSecond: 1, unit: 'stated' }
  const unit = TIME_HEADING.exec(column.name.trim())?.[1]?.toLowerCase() ?? /[[(](s|ms|us|µs|ns)[\])]$/.exec(column.name)?.[1]
  return { column, perSecond: PER_SECOND[unit ?? 's'] ?? 1, unit: unit === undefined ? 'taken for seconds' : 'stated' }
}

/** How many rows there are, and at what rate where the times are even: each step within half of the mean step. */
export async function describeTimes(connection: DuckDBConnection, source: TableSource, time: TimeColumn | null): Promise<TableTimes> {
  if (time === null) {
    const counted = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM ${source.sql}`)
    return { rows: Number(counted.getRows()[0]?.[0] ?? 0), sampleRateHz: null, startedAt: null, notes: [] }
  }
  const { column, perSecond } = time
  const isMoment = column.kind === 'moment'
  const firstNs = isMoment ? await firstMomentNs(connection, source, column) : 0n
  // A double holds no nanoseconds since 1970.
  const seconds = isMoment ? `(${nanoseconds(column)} - ${firstNs})::DOUBLE / 1e9` : `${quotedName(column.name)}::DOUBLE / ${perSecond}`
  const steps = { rows: 0, first: Number.NaN, last: Number.NaN, least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY }
  for await (const chunk of tableChunks(connection, source, `SELECT coalesce(${seconds}, 'nan'::DOUBLE) FROM ${source.sql}`)) {
    for (const at of chunk) {
      if (steps.rows++ === 0) steps.first = at
      else {
        steps.least = Math.min(steps.least, at - steps.last)
        steps.most = Math.max(steps.most, at - steps.last)
      }
      steps.last = at
    }
  }
  const mean = (steps.last - steps.first) / (steps.rows - 1)
  const isEven = steps.rows > 1 && mean > 0 && steps.least >= mean / 2 && steps.most <= mean * 1.5
  const startedAt = isMoment ? Number(firstNs / 1000n) : null
  if (!isEven) return { rows: steps.rows, sampleRateHz: null, startedAt, notes: [unevenText(column.name, steps, mean)] }
  const sampleRateHz = Number((1 / mean).toPrecision(9))
  const taken =
    time.unit === 'stated' ? [] : [`the column ${column.name} is taken for seconds, which gives ${sampleRateHz} samples a second`]
  return { rows: steps.rows, sampleRateHz, startedAt, notes: taken }
}

async function firstMomentNs(connection: DuckDBConnection, source: TableSource, column: TableColumn): Promise<bigint> {
  const first = await connection.runAndReadAll(`SELECT coalesce(${nanoseconds(column)}, 0)::BIGINT FROM ${source.sql} LIMIT 1`)
  return BigInt(String(first.getRows()[0]?.[0] ?? 0))
}

function nanoseconds({ name }: TableColumn): string {
  return `epoch_ns(${quotedName(name)}::TIMESTAMP_NS)`
}

function unevenText(name: string, { least, most }: { readonly least: number; readonly most: number }, mean: number): string {
  const width = (s: number) => `${Number(s.toPrecision(4))} s`
  return `the times of ${name} are not even: steps of ${width(least)} to ${width(most)}, ${width(mean)} on average`
}
