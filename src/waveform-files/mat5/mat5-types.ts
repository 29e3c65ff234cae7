/** Types of data elements: "MAT-File Format", The MathWorks, table 1-1. */
export const DATA_TYPE = {
  int8: 1,
  uint8: 2,
  int16: 3,
  uint16: 4,
  int32: 5,
  uint32: 6,
  single: 7,
  double: 9,
  int64: 12,
  uint64: 13,
  matrix: 14,
  compressed: 15,
  utf8: 16,
  utf16: 17,
  utf32: 18,
} as const

/** Classes of arrays: table 1-3. */
export const ARRAY_CLASS = {
  cell: 1,
  struct: 2,
  object: 3,
  char: 4,
  sparse: 5,
  double: 6,
  single: 7,
  int8: 8,
  uint8: 9,
  int16: 10,
  uint16: 11,
  int32: 12,
  uint32: 13,
  int64: 14,
  uint64: 15,
} as const

export const ARRAY_FLAG = { complex: 0x0800 } as const

/** Bytes of one number of a data type; undefined where it holds no numbers. */
export const NUMBER_BYTES: Readonly<Partial<Record<number, number>>> = {
  [DATA_TYPE.int8]: 1,
  [DATA_TYPE.uint8]: 1,
  [DATA_TYPE.int16]: 2,
  [DATA_TYPE.uint16]: 2,
  [DATA_TYPE.int32]: 4,
  [DATA_TYPE.uint32]: 4,
  [DATA_TYPE.single]: 4,
  [DATA_TYPE.double]: 8,
  [DATA_TYPE.int64]: 8,
  [DATA_TYPE.uint64]: 8,
}
