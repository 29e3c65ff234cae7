/** Built-in types by their number (OPC 10000-6, table 1), in our words. */
export const BUILT_IN = {
  boolean: 1,
  int8: 2,
  uint8: 3,
  int16: 4,
  uint16: 5,
  int32: 6,
  uint32: 7,
  int64: 8,
  uint64: 9,
  float32: 10,
  float64: 11,
  string: 12,
  datetime: 13,
  guid: 14,
  bytes: 15,
  xml: 16,
  nodeid: 17,
  statuscode: 19,
  text: 21,
  structure: 22,
} as const satisfies Readonly<Record<string, number>>

const NAMES: ReadonlyMap<number, string> = new Map(Object.entries(BUILT_IN).map(([name, id]) => [id, name]))

/** What a built-in type is called here: Float → `float32`, LocalizedText → `string`. */
export function typeNameOf(builtIn: number): string {
  return builtIn === BUILT_IN.text ? 'string' : (NAMES.get(builtIn) ?? 'unknown')
}

/** Whether a reading can hold it: numbers, booleans, text, times. */
export function isReadable(builtIn: number): boolean {
  return (builtIn >= BUILT_IN.boolean && builtIn <= BUILT_IN.datetime) || builtIn === BUILT_IN.text
}

export function isNumeric(builtIn: number): boolean {
  return builtIn >= BUILT_IN.int8 && builtIn <= BUILT_IN.float64
}
