import { formatMicros } from '../../readings/time.js'
import type { Parcel } from '../spool/parcel.js'
import { rowsOf } from '../spool/parcel-row.js'

/** The table, ready for TimescaleDB: its key holds the time. README.md tells how to make a hypertable of it. */
export function createTable(table: string): string {
  return `CREATE TABLE IF NOT EXISTS ${table} (
  time timestamptz NOT NULL,
  sensor text NOT NULL,
  sequence integer NOT NULL DEFAULT 0,
  value double precision,
  unit text,
  quality smallint NOT NULL,
  text text,
  PRIMARY KEY (sensor, time, sequence)
)`
}

/** Columns as arrays, one statement for any number of rows; what is there already stays as it is. */
export function insertRows(table: string): string {
  return `INSERT INTO ${table} (time, sensor, sequence, value, unit, quality, text)
SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::integer[], $4::double precision[], $5::text[], $6::smallint[], $7::text[])
ON CONFLICT (sensor, time, sequence) DO NOTHING`
}

/** The arguments of `insertRows`. */
export function columnsOf(parcels: readonly Parcel[]): readonly (readonly (string | number | null)[])[] {
  const [time, sensor, sequence, value, unit, quality, text] = [[], [], [], [], [], [], []] as (string | number | null)[][] as [
    string[],
    string[],
    number[],
    (number | null)[],
    (string | null)[],
    number[],
    (string | null)[],
  ]
  for (const row of rowsOf(parcels)) {
    time.push(formatMicros(row.at))
    sensor.push(storable(row.sensor.key))
    sequence.push(row.sequence)
    value.push(row.value)
    unit.push(row.sensor.unit === null ? null : storable(row.sensor.unit))
    quality.push(row.quality)
    text.push(row.text === null ? null : storable(row.text))
  }
  return [time, sensor, sequence, value, unit, quality, text]
}

/** PostgreSQL has no NUL in texts, and no half of a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed()
}
