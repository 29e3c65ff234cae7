import type { ExchangeTable } from '../exchange-tables.js'

/** What a tag cannot hold even escaped: line ends, and a backslash where it ends. The exact text goes into a field then. */
const NOT_A_TAG = `[\r\n]|\\\\$`

/**
 * InfluxDB line protocol, nanoseconds: readings, events and gaps as SQL that makes one line a row.
 * https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/
 */
export const LINE_PROTOCOL_SQL = {
  readings: `concat('readings,sensor=', ${tag('sensor')}, CASE WHEN unit IS NULL OR unit = '' THEN '' ELSE ',unit=' || ${tag('unit')} END, ' ',
    CASE WHEN isfinite(value) THEN 'value=' || value || ',' ELSE '' END, 'quality=', quality, 'i',
    CASE WHEN text IS NULL THEN '' ELSE ',text="' || ${quoted('text')} || '"' END, ',received=', epoch_us(received), 'i',
    CASE WHEN regexp_matches(sensor, '${NOT_A_TAG}') OR sensor = '' THEN ',key="' || ${quoted('sensor')} || '"' ELSE '' END, ' ', epoch_ns(time))`,
  events: `concat('events,event=', ${tag('event')}, ',severity=', ${tag('severity')}, ' text="', ${quoted('text')}, '",sensors="',
    ${quoted('to_json(sensors)::VARCHAR')}, '" ', epoch_ns(time))`,
  gaps: `concat('gaps cause="', ${quoted('cause')}, '",sensors="', ${quoted('to_json(sensors)::VARCHAR')}, '",to=', epoch_us(to_time), 'i',
    CASE WHEN missing IS NULL THEN '' ELSE ',missing=' || missing || 'i' END, ' ', epoch_ns(from_time))`,
} as const satisfies Partial<Record<ExchangeTable, string>>

function tag(column: string): string {
  const safe = `CASE WHEN ${column} = '' THEN '_' WHEN regexp_matches(${column}, '${NOT_A_TAG}') THEN regexp_replace(${column}, '${NOT_A_TAG}', '_', 'g') ELSE ${column} END`
  return `replace(replace(replace(${safe}, ',', '\\,'), '=', '\\='), ' ', '\\ ')`
}

function quoted(column: string): string {
  return `replace(replace(${column}, '\\', '\\\\'), '"', '\\"')`
}
