import { formatJsonPointer, type JsonPointer } from './json-pointer.js'
import { TIME_KEYS } from './source-time.js'
import { statedUnitOf, symbolOf } from './stated-unit.js'

/** A number or a boolean somewhere in a payload. */
export interface JsonPoint {
  /** JSON Pointer; empty for the whole payload. */
  readonly field: string
  /** The last part of the pointer. */
  readonly key: string
  readonly value: number | boolean
  readonly unit: string | null
}

const MAX_DEPTH = 16
const MAX_POINTS = 1000
const MAX_ITEMS = 64

/** Every number and boolean of a parsed payload, but for the times; at most a thousand, at most 16 levels deep. */
export function pointsOfJson(json: unknown): readonly JsonPoint[] {
  const points: JsonPoint[] = []
  collect(json, [], { unit: null, points })
  return points
}

function collect(
  place: unknown,
  pointer: JsonPointer,
  { unit, points }: { readonly unit: string | null; readonly points: JsonPoint[] },
): void {
  if (points.length >= MAX_POINTS || pointer.length > MAX_DEPTH) return
  if (typeof place === 'boolean' || (typeof place === 'number' && Number.isFinite(place))) {
    points.push({ field: formatJsonPointer(pointer), key: pointer.at(-1) ?? '', value: place, unit })
    return
  }
  if (typeof place !== 'object' || place === null) return
  const object = place as Readonly<Record<string, unknown>>
  for (const key of Object.keys(object).slice(0, Array.isArray(place) ? MAX_ITEMS : MAX_POINTS)) {
    if ((TIME_KEYS as readonly string[]).includes(key)) continue
    const stated = typeof object[key] === 'number' ? statedUnitOf(object, key) : undefined
    collect(object[key], [...pointer, key], { unit: stated === undefined ? null : symbolOf(stated), points })
  }
}
