import protobuf from 'protobufjs/minimal.js'
import type { EpochMicros } from '../../../readings/time.js'
import { CodecError } from '../codec-error.js'
import { METRIC, METRIC_VALUE, PAYLOAD, PROPERTY, PROPERTY_SET, PROPERTY_VALUE, tagOf, WIRE } from './fields.js'
import { DATATYPE, type SparkplugDatatype, type SparkplugMetric, type SparkplugPayload, type SparkplugValue } from './payload.js'
import { asDatatype, readUnsigned, readValue } from './value.js'

type Reader = protobuf.Reader
type Open<T> = { -readonly [K in keyof T]: T[K] }

const MAX_METRICS = 100_000
const MAX_PROPERTIES = 1000
const NAMES = new Map(Object.entries(DATATYPE).map(([name, code]) => [code as number, name as SparkplugDatatype]))

/**
 * Reads a Sparkplug B payload. Unknown fields, data sets, templates and nested property sets are skipped; a field that comes
 * twice keeps its last value, as protobuf prescribes.
 * @throws CodecError on bytes that are no such payload.
 */
export function decodeSparkplug(bytes: Uint8Array): SparkplugPayload {
  try {
    return readPayload(protobuf.Reader.create(bytes))
  } catch (thrown) {
    if (thrown instanceof CodecError) throw thrown
    throw new CodecError(`not a Sparkplug B payload: ${thrown instanceof Error ? thrown.message : 'broken'}`)
  }
}

function readPayload(reader: Reader): SparkplugPayload {
  const metrics: SparkplugMetric[] = []
  const payload: Open<SparkplugPayload> = { metrics }
  while (reader.pos < reader.len) {
    const tag = reader.uint32()
    if (tag === tagOf(PAYLOAD.timestamp, WIRE.varint)) setTimestamp(payload, reader)
    else if (tag === tagOf(PAYLOAD.metrics, WIRE.length)) {
      if (metrics.length === MAX_METRICS) throw new CodecError(`more than ${MAX_METRICS} metrics`)
      metrics.push(readMetric(reader, endOf(reader)))
    } else if (tag === tagOf(PAYLOAD.seq, WIRE.varint)) payload.seq = Number(readUnsigned(reader))
    else if (tag === tagOf(PAYLOAD.uuid, WIRE.length)) payload.uuid = reader.string()
    else if (tag === tagOf(PAYLOAD.body, WIRE.length)) payload.body = Uint8Array.from(reader.bytes())
    else skip(reader, tag)
  }
  return payload
}

function readMetric(reader: Reader, end: number): SparkplugMetric {
  const metric: Open<SparkplugMetric> = { value: null }
  while (reader.pos < end) {
    const tag = reader.uint32()
    if (tag === tagOf(METRIC.name, WIRE.length)) metric.name = reader.string()
    else if (tag === tagOf(METRIC.alias, WIRE.varint)) metric.alias = readAlias(reader)
    else if (tag === tagOf(METRIC.timestamp, WIRE.varint)) setTimestamp(metric, reader)
    else if (tag === tagOf(METRIC.datatype, WIRE.varint)) metric.datatype = NAMES.get(reader.uint32()) ?? 'Unknown'
    else if (tag === tagOf(METRIC.isHistorical, WIRE.varint)) metric.isHistorical = reader.bool()
    else if (tag === tagOf(METRIC.isTransient, WIRE.varint)) metric.isTransient = reader.bool()
    else if (tag === tagOf(METRIC.isNull, WIRE.varint)) metric.isNull = reader.bool()
    else if (tag === tagOf(METRIC.properties, WIRE.length)) metric.properties = readProperties(reader, endOf(reader))
    else {
      const value = readValue(reader, tag, METRIC_VALUE)
      if (value === undefined) skip(reader, tag)
      else metric.value = value
    }
  }
  if (reader.pos !== end) throw new CodecError('a metric does not end where it says')
  if (metric.isNull === true) metric.value = null
  else if (metric.datatype !== undefined) metric.value = asDatatype(metric.value, metric.datatype)
  return metric
}

/** Keys and values are two lists of the same length. The prototype is null: `__proto__` is a key like any other. */
function readProperties(reader: Reader, end: number): Readonly<Record<string, SparkplugValue>> {
  const keys: string[] = []
  const values: (SparkplugValue | undefined)[] = []
  while (reader.pos < end) {
    const tag = reader.uint32()
    if (tag === tagOf(PROPERTY_SET.keys, WIRE.length)) keys.push(reader.string())
    else if (tag === tagOf(PROPERTY_SET.values, WIRE.length)) values.push(readProperty(reader, endOf(reader)))
    else skip(reader, tag)
    if (keys.length > MAX_PROPERTIES || values.length > MAX_PROPERTIES) throw new CodecError(`more than ${MAX_PROPERTIES} properties`)
  }
  if (reader.pos !== end) throw new CodecError('a property set does not end where it says')
  const properties = Object.create(null) as Record<string, SparkplugValue>
  keys.forEach((key, i) => {
    const value = values[i]
    if (value !== undefined) properties[key] = value
  })
  return properties
}

function readProperty(reader: Reader, end: number): SparkplugValue | undefined {
  let value: SparkplugValue | undefined
  let datatype: SparkplugDatatype = 'Unknown'
  let isNull = false
  while (reader.pos < end) {
    const tag = reader.uint32()
    if (tag === tagOf(PROPERTY.type, WIRE.varint)) datatype = NAMES.get(reader.uint32()) ?? 'Unknown'
    else if (tag === tagOf(PROPERTY.isNull, WIRE.varint)) isNull = reader.bool()
    else {
      const read = readValue(reader, tag, PROPERTY_VALUE)
      if (read === undefined) skip(reader, tag)
      else value = read
    }
  }
  if (reader.pos !== end) throw new CodecError('a property does not end where it says')
  if (isNull) return null
  return value === undefined ? undefined : asDatatype(value, datatype)
}

/** Milliseconds on the wire; one beyond the exact range (senders have put microseconds there) tells no time and is left out. */
function setTimestamp(target: { timestamp?: EpochMicros }, reader: Reader): void {
  const micros = Number(readUnsigned(reader)) * 1000
  if (Number.isSafeInteger(micros)) target.timestamp = micros
}

function readAlias(reader: Reader): number {
  const alias = readUnsigned(reader)
  if (typeof alias === 'bigint') throw new CodecError('an alias lies beyond 2^53')
  return alias
}

function endOf(reader: Reader): number {
  const length = reader.uint32()
  const end = reader.pos + length
  if (end > reader.len) throw new CodecError('a part claims more bytes than there are')
  return end
}

/** Groups (wire types 3 and 4) are refused: Sparkplug has none, and nested ones would recurse. */
function skip(reader: Reader, tag: number): void {
  const wire = tag & 7
  if (tag >>> 3 === 0 || wire === 3 || wire === 4 || wire > 5) throw new CodecError(`tag ${tag} is none of Sparkplug`)
  reader.skipType(wire)
}
