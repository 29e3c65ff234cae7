import { sqlText } from '../recordings/sql-text.js'
import type { ColumnMapping } from './import-job.js'
import { importUnclear } from './import-problem.js'

const UNIX_PER_SECOND: Readonly<Record<string, number>> = { 'unix-s': 1, 'unix-ms': 1e3, 'unix-us': 1e6, 'unix-ns': 1e9 }
const OFFSET = `(Z|z|[+-]\\d{2}(:?\\d{2})?)$`
const RFC3339 = `^\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}(:\\d{2}([.]\\d+)?)? ?(Z|z|[+-]\\d{2}(:?\\d{2})?)?$`
/** Days from 1899-12-30 to 1970-01-01. */
const EXCEL_EPOCH_DAYS = 25_569

/**
 * A text column as TIMESTAMP in UTC; NULL where the text is no such time.
 * @throws Fault IMPORT_UNCLEAR where the format has no zone and none is stated.
 */
export function timeFromText(path: string, column: string, { timeFormat = 'rfc3339', zone }: ColumnMapping): string {
  const perSecond = UNIX_PER_SECOND[timeFormat]
  if (perSecond !== undefined) return `make_timestamp(round(try_cast(${column} AS DECIMAL(38, 9)) * ${1e6 / perSecond})::BIGINT)`
  if (timeFormat === 'rfc3339') {
    const local = `CASE WHEN regexp_matches(${column}, '${OFFSET}') THEN NULL ELSE ${zoned(path, `try_cast(${column} AS TIMESTAMP)`, zone ?? null)} END`
    const absolute = `CASE WHEN regexp_matches(${column}, '${OFFSET}') THEN try_cast(upper(${column}) AS TIMESTAMPTZ)::TIMESTAMP ELSE ${local} END`
    return `CASE WHEN regexp_matches(${column}, '${RFC3339}') THEN ${absolute} END`
  }
  if (timeFormat === 'excel') {
    const local = `make_timestamp(round((try_cast(${column} AS DOUBLE) - ${EXCEL_EPOCH_DAYS}) * 86400000000)::BIGINT)`
    return zoned(path, local, statedZone(path, zone))
  }
  const parsed = `try_strptime(${column}, ${sqlText(timeFormat)})`
  return timeFormat.includes('%z') ? `(${parsed})::TIMESTAMP` : zoned(path, parsed, statedZone(path, zone))
}

/** A local time in UTC. @param zone  null: NULL, so that the row shows as one without a zone. */
function zoned(path: string, local: string, zone: string | null): string {
  if (zone === null) return 'NULL::TIMESTAMP'
  if (/^(utc|z)$/i.test(zone)) return local
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3])
    return `((${local}) ${offset[1] === '+' ? '-' : '+'} INTERVAL ${minutes} MINUTE)`
  }
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(zone))
    throw importUnclear(path, `${zone} is no time zone`, '--zone Europe/Berlin')
  return `timezone(${sqlText(zone)}, ${local})::TIMESTAMP`
}

function statedZone(path: string, zone: string | undefined): string {
  if (zone === undefined) throw importUnclear(path, 'its times do not say their zone', '--zone UTC')
  return zone
}
