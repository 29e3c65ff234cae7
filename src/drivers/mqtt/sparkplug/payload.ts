import type { EpochMicros } from '../../../readings/time.js'

/** Data types and their codes (Sparkplug 3.0.0, section 6.4.16). */
export const DATATYPE = {
  Unknown: 0,
  Int8: 1,
  Int16: 2,
  Int32: 3,
  Int64: 4,
  UInt8: 5,
  UInt16: 6,
  UInt32: 7,
  UInt64: 8,
  Float: 9,
  Double: 10,
  Boolean: 11,
  String: 12,
  DateTime: 13,
  Text: 14,
  UUID: 15,
  DataSet: 16,
  Bytes: 17,
  File: 18,
  Template: 19,
  PropertySet: 20,
  PropertySetList: 21,
  Int8Array: 22,
  Int16Array: 23,
  Int32Array: 24,
  Int64Array: 25,
  UInt8Array: 26,
  UInt16Array: 27,
  UInt32Array: 28,
  UInt64Array: 29,
  FloatArray: 30,
  DoubleArray: 31,
  BooleanArray: 32,
  StringArray: 33,
  DateTimeArray: 34,
} as const

export type SparkplugDatatype = keyof typeof DATATYPE

/**
 * A metric's value. 64-bit integers are numbers while those are exact, bigints beyond ±2^53; DateTime is milliseconds since
 * 1970 as sent; Bytes, File and the array types are bytes as sent; null where the value is null or a data set or template.
 */
export type SparkplugValue = number | bigint | string | boolean | Uint8Array | null

export interface SparkplugMetric {
  readonly name?: string
  /** Absent where the sender gave none; that is not alias 0. */
  readonly alias?: number
  /** On the wire in milliseconds. */
  readonly timestamp?: EpochMicros
  /** A data message may leave it out: the birth told. Then integers come as unsigned and `asDatatype` puts them right. */
  readonly datatype?: SparkplugDatatype
  readonly value: SparkplugValue
  readonly isNull?: boolean
  readonly isHistorical?: boolean
  readonly isTransient?: boolean
  /** E.g. `engUnit`, `engLow`, `engHigh`. Nested property sets are left out. */
  readonly properties?: Readonly<Record<string, SparkplugValue>>
}

export interface SparkplugPayload {
  /** On the wire in milliseconds. */
  readonly timestamp?: EpochMicros
  readonly metrics: readonly SparkplugMetric[]
  /** 0–255, counts the messages of an edge node. */
  readonly seq?: number
  readonly uuid?: string
  readonly body?: Uint8Array
}
