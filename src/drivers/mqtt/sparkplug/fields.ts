/** Field numbers of the Sparkplug B payload (Sparkplug 3.0.0, section 6.4). */
export const PAYLOAD = { timestamp: 1, metrics: 2, seq: 3, uuid: 4, body: 5 } as const

export const METRIC = {
  name: 1,
  alias: 2,
  timestamp: 3,
  datatype: 4,
  isHistorical: 5,
  isTransient: 6,
  isNull: 7,
  properties: 9,
} as const

export const PROPERTY_SET = { keys: 1, values: 2 } as const
export const PROPERTY = { type: 1, isNull: 2 } as const

/** The members of the value union that are scalars; the rest (data sets, templates, extensions) is skipped. */
export interface ValueFields {
  readonly int: number
  readonly long: number
  readonly float: number
  readonly double: number
  readonly boolean: number
  readonly string: number
  readonly bytes: number | null
}

export const METRIC_VALUE: ValueFields = { int: 10, long: 11, float: 12, double: 13, boolean: 14, string: 15, bytes: 16 }
export const PROPERTY_VALUE: ValueFields = { int: 3, long: 4, float: 5, double: 6, boolean: 7, string: 8, bytes: null }

/** Protobuf wire types. */
export const WIRE = { varint: 0, fixed64: 1, length: 2, fixed32: 5 } as const

export function tagOf(field: number, wire: number): number {
  return (field << 3) | wire
}
