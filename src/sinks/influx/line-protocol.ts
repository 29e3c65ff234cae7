import { isBad } from '../../readings/quality.js'
import type { EpochMicros } from '../../readings/time.js'

/** A field of a point: numbers are floats, bigints integers. */
export type LineField = number | bigint | boolean | string | null

/** One point, as InfluxDB's line protocol knows it. Nulls, empty tags and numbers that are not finite are left out. */
export interface LinePoint {
  readonly measurement: string
  readonly tags: Readonly<Record<string, string | null>>
  readonly fields: Readonly<Record<string, LineField>>
  readonly at: EpochMicros
  /** Tells points of one series and one microsecond apart: becomes the nanoseconds below it. */
  readonly sequence?: number
}

/** A reading as a point of its own; the export of recordings and the sink write the same. */
export interface LineReading {
  readonly sensor: string
  readonly unit: string | null
  readonly at: EpochMicros
  /** Left out where the quality is bad or it is no finite number. */
  readonly value: number | null
  readonly text: string | null
  readonly quality: number
  readonly sequence?: number
}

export const DEFAULT_MEASUREMENT = 'readings'
/** InfluxDB refuses a string field of 64 KiB. */
const MAX_STRING_CHARACTERS = 16_000

/**
 * One line without its line feed, e.g. `readings,sensor=pump-247/temperature,unit=°C value=61.5,quality=0i 1795359600000000000`.
 * @param measurement the table that readings go to.
 * @param tags beside `sensor` and `unit`, e.g. site and asset.
 */
export function encodeReading(
  reading: LineReading,
  measurement: string = DEFAULT_MEASUREMENT,
  tags: Readonly<Record<string, string | null>> = {},
): string {
  const { sensor, unit, at, value, text, quality, sequence = 0 } = reading
  const fields = { value: isBad(quality) ? null : value, quality: BigInt(quality), text }
  // Never null: a quality is always there.
  return encodeLine({ measurement, tags: { ...tags, sensor, unit }, fields, at, sequence }) ?? ''
}

/**
 * One line without its line feed; null for a point without any field, which the protocol cannot say.
 *
 * What the protocol has no spelling for: line breaks become spaces, and backslashes at the end of a name or tag are cut off,
 * because they would escape the separator.
 * @see https://docs.influxdata.com/influxdb/v1/write_protocols/line_protocol_reference/
 */
export function encodeLine({ measurement, tags, fields, at, sequence = 0 }: LinePoint): string | null {
  const said: string[] = []
  for (const [name, field] of Object.entries(fields)) {
    const value = encodeField(field)
    if (value !== null) said.push(`${escapeName(name)}=${value}`)
  }
  if (said.length === 0) return null
  let series = escapeMeasurement(measurement)
  // Sorted by key, as InfluxDB wants it for speed.
  for (const name of Object.keys(tags).sort()) {
    const value = escapeName(tags[name] ?? '')
    if (value !== '') series += `,${escapeName(name)}=${value}`
  }
  return `${series} ${said.join(',')} ${nanoseconds(at, sequence)}`
}

function encodeField(field: LineField): string | null {
  switch (typeof field) {
    case 'number':
      return Number.isFinite(field) ? String(field) : null
    case 'bigint':
      return `${field}i`
    case 'boolean':
      return String(field)
    case 'string':
      return `"${wholeCharacters(field).replace(/["\\]/g, String.raw`\$&`)}"`
    default:
      return null
  }
}

/** A number beyond 2^53: microseconds and three more digits. */
function nanoseconds(at: EpochMicros, sequence: number): string {
  if (at > 0 && sequence < 1000) return `${at}${String(sequence).padStart(3, '0')}`
  return String(BigInt(at) * 1000n + BigInt(sequence))
}

function escapeMeasurement(text: string): string {
  return unbroken(text).replace(/[, ]/g, String.raw`\$&`)
}

function escapeName(text: string): string {
  return unbroken(text).replace(/[,= ]/g, String.raw`\$&`)
}

function unbroken(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\n\r\0]/g, ' ')
    .replace(/\\+$/, '')
}

function wholeCharacters(text: string): string {
  return text.slice(0, MAX_STRING_CHARACTERS).toWellFormed()
}
