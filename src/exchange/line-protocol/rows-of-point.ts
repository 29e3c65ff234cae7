import type { FieldValue, Point } from './parse-point.js'

export interface ReadingRow {
  readonly table: 'readings'
  readonly sensor: string
  readonly unit: string | null
  /** Null where there is none. */
  readonly value: number | null
  readonly text: string | null
  readonly quality: number
  readonly receivedMicros: bigint | null
}
export interface EventRow {
  readonly table: 'events'
  readonly event: string
  readonly severity: string
  readonly text: string
  readonly sensors: readonly string[]
}
export interface GapRow {
  readonly table: 'gaps'
  readonly toMicros: bigint
  readonly sensors: readonly string[]
  readonly cause: string
  readonly missing: bigint | null
}

/** Our own lines are what they were; of any other line each field is a sensor, named by measurement, tags and field. */
export function rowsOfPoint(point: Point): (ReadingRow | EventRow | GapRow)[] {
  const own = ownRow(point)
  if (own !== null) return [own]
  const series = [point.measurement, ...[...point.tags].map(([key, value]) => `${key}=${value}`)].join(',')
  return [...point.fields].map(([field, value]) => ({
    ...valueOf(value),
    table: 'readings',
    sensor: `${series}/${field}`,
    unit: null,
    quality: 0,
    receivedMicros: null,
  }))
}

function ownRow({ measurement, tags, fields }: Point): ReadingRow | EventRow | GapRow | null {
  const sensors = listOf(fields.get('sensors'))
  const [sensor, event, severity] = [tags.get('sensor'), tags.get('event'), tags.get('severity')]
  const [text, cause, to, quality] = [
    textOf(fields.get('text')),
    textOf(fields.get('cause')),
    integerOf(fields.get('to')),
    integerOf(fields.get('quality')),
  ]
  if (measurement === 'readings' && sensor !== undefined && quality !== null) {
    const stated = fields.get('value')
    const isBad = quality >= 128n
    return {
      table: 'readings',
      sensor: textOf(fields.get('key')) ?? sensor,
      unit: tags.get('unit') ?? null,
      // What is no number has no place in line protocol; only bad readings have no value.
      value: stated === undefined ? (isBad ? null : Number.NaN) : valueOf(stated).value,
      text,
      quality: Number(BigInt.asUintN(8, quality)),
      receivedMicros: integerOf(fields.get('received')),
    }
  }
  if (measurement === 'events' && event !== undefined && severity !== undefined && text !== null && sensors !== null)
    return { table: 'events', event, severity, text, sensors }
  if (measurement === 'gaps' && cause !== null && to !== null && sensors !== null)
    return { table: 'gaps', toMicros: to, sensors, cause, missing: integerOf(fields.get('missing')) }
  return null
}

function valueOf(field: FieldValue): { readonly value: number; readonly text: string | null } {
  switch (field.kind) {
    case 'float':
      return { value: field.value, text: null }
    case 'integer': {
      const value = Number(field.digits)
      return { value, text: Number.isSafeInteger(value) ? null : field.digits.replace('+', '') }
    }
    case 'truth':
      return { value: field.value ? 1 : 0, text: null }
    case 'text':
      return { value: Number.NaN, text: field.text }
  }
}

function textOf(field: FieldValue | undefined): string | null {
  return field?.kind === 'text' ? field.text : null
}

function integerOf(field: FieldValue | undefined): bigint | null {
  if (field?.kind !== 'integer') return null
  const value = BigInt(field.digits.replace('+', ''))
  return BigInt.asIntN(64, value) === value ? value : null
}

function listOf(field: FieldValue | undefined): string[] | null {
  const text = textOf(field)
  if (text === null) return null
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.map(String) : null
  } catch {
    return null
  }
}
