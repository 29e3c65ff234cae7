import type { Asset } from '../readings/asset.js'
import type { SensorKey } from '../readings/measurement.js'
import { PART_TABLE_NAMES, PART_TABLES, type PartTable } from '../readings/recording-layout.js'
import type { Sensor } from '../readings/sensor.js'
import type { EpochMicros } from '../readings/time.js'
import type { RecordingView } from '../recordings/open-recording.js'
import { isCounted } from '../recordings/part-rows.js'
import { tableSql } from '../recordings/recording-tables.js'
import { betweenSql, sqlText } from '../recordings/sql-text.js'

/** The tables of a recording (kept aggregates among them), and what its manifest says of sensors and assets as two more. */
export const EXCHANGE_TABLES = {
  ...PART_TABLES,
  sensors: {
    sensor: 'VARCHAR',
    address: 'VARCHAR',
    kind: 'VARCHAR',
    unit: 'VARCHAR',
    asset: 'VARCHAR',
    description: 'VARCHAR',
    period_ms: 'DOUBLE',
    range_low: 'DOUBLE',
    range_high: 'DOUBLE',
    critical_low: 'DOUBLE',
    warning_low: 'DOUBLE',
    warning_high: 'DOUBLE',
    critical_high: 'DOUBLE',
  },
  /** Definition: the asset as JSON, as in the manifest. */
  assets: { asset: 'VARCHAR', definition: 'VARCHAR' },
} as const satisfies Record<string, Readonly<Record<string, string>>>

export type ExchangeTable = keyof typeof EXCHANGE_TABLES
export const EXCHANGE_TABLE_NAMES = Object.keys(EXCHANGE_TABLES) as ExchangeTable[]

/** The columns of a table with their DuckDB types, in order; not what can be counted from them. */
export function columnsOf(table: ExchangeTable): readonly (readonly [name: string, type: string])[] {
  return Object.entries(EXCHANGE_TABLES[table]).filter(([name]) => !isCounted(name))
}

/** Which rows of a recording; all where a bound or the sensors are missing. */
export interface RowSelection {
  readonly sensors: readonly SensorKey[]
  readonly from: EpochMicros | undefined
  readonly to: EpochMicros | undefined
}

/** A SELECT for each table, with exactly its columns, in the order of recording. */
export function selectTables(view: RecordingView, selection: RowSelection): Record<ExchangeTable, string> {
  const chosen = (key: SensorKey) => selection.sensors.length === 0 || selection.sensors.includes(key)
  const sensors = view.manifest.sensors.filter(({ key }) => chosen(key))
  const assetKeys = new Set(sensors.map(({ asset }) => asset))
  const assets = view.manifest.assets.filter(({ key }) => selection.sensors.length === 0 || assetKeys.has(key))
  const rows = PART_TABLE_NAMES.map((table) => [table, selectRows(view, table, selection)] as const)
  return {
    ...(Object.fromEntries(rows) as Record<PartTable, string>),
    sensors: rowsSql('sensors', sensors.map(sensorRow)),
    assets: rowsSql('assets', assets.map(assetRow)),
  }
}

/** The rows of one table of a recording. An event or a gap without sensors concerns all of them. */
function selectRows(view: RecordingView, table: PartTable, { sensors, from, to }: RowSelection): string {
  const columns = columnsOf(table)
    .map(([name]) => name)
    .join(', ')
  const keys = sensors.map(sqlText).join(', ')
  const ofSensors =
    table === 'events' || table === 'gaps' ? `AND (len(sensors) = 0 OR list_has_any(sensors, [${keys}]))` : `AND sensor IN (${keys})`
  const inTime =
    table === 'gaps'
      ? betweenSql(to === undefined ? {} : { to }, 'from_time') + betweenSql(from === undefined ? {} : { from }, 'to_time')
      : betweenSql({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) })
  return `SELECT ${columns} FROM ${tableSql(view, table)} WHERE true ${sensors.length === 0 ? '' : ofSensors} ${inTime}`
}

type Cell = string | number | null | undefined

function sensorRow({ key, address, kind, unit, asset, description, periodMs, range, limits }: Sensor): Cell[] {
  const { criticalLow, warningLow, warningHigh, criticalHigh } = limits ?? {}
  return [
    key,
    address,
    kind,
    unit,
    asset,
    description,
    periodMs,
    range?.low,
    range?.high,
    criticalLow,
    warningLow,
    warningHigh,
    criticalHigh,
  ]
}

function assetRow(asset: Asset): Cell[] {
  return [asset.key, JSON.stringify(asset)]
}

function rowsSql(table: ExchangeTable, rows: readonly (readonly Cell[])[]): string {
  const types = columnsOf(table)
  const cells = (row: readonly Cell[]) => types.map(([, type], i) => `${cellSql(row[i])}::${type}`).join(', ')
  const names = types.map(([name]) => name).join(', ')
  if (rows.length === 0) return `SELECT ${types.map(([name, type]) => `NULL::${type} AS ${name}`).join(', ')} WHERE false`
  return `SELECT ${names} FROM (VALUES ${rows.map((row) => `(${cells(row)})`).join(', ')}) AS given(${names})`
}

function cellSql(cell: Cell): string {
  if (cell === null || cell === undefined) return 'NULL'
  return typeof cell === 'number' ? `'${cell}'` : sqlText(cell)
}
