import protobuf from 'protobufjs/minimal.js'
import type { EpochMicros } from '../../../readings/time.js'
import { CodecError } from '../codec-error.js'
import { METRIC, METRIC_VALUE, PAYLOAD, PROPERTY, PROPERTY_SET, PROPERTY_VALUE, tagOf, WIRE } from './fields.js'
import { DATATYPE, type SparkplugDatatype, type SparkplugMetric, type SparkplugPayload, type SparkplugValue } from './payload.js'
import { writeLong, writeValue } from './value.js'

type Writer = protobuf.Writer

/**
 * Writes a Sparkplug B payload. Every metric with a value needs its `datatype`.
 * @throws CodecError where a value does not fit its data type.
 */
export function encodeSparkplug(payload: SparkplugPayload): Uint8Array {
  const writer = protobuf.Writer.create()
  if (payload.timestamp !== undefined) writeTimestamp(writer, PAYLOAD.timestamp, payload.timestamp)
  for (const metric of payload.metrics) {
    writeMetric(writer.uint32(tagOf(PAYLOAD.metrics, WIRE.length)).fork(), metric)
    writer.ldelim()
  }
  if (payload.seq !== undefined) writeLong(writer.uint32(tagOf(PAYLOAD.seq, WIRE.varint)), BigInt(payload.seq))
  if (payload.uuid !== undefined) writer.uint32(tagOf(PAYLOAD.uuid, WIRE.length)).string(payload.uuid)
  if (payload.body !== undefined) writer.uint32(tagOf(PAYLOAD.body, WIRE.length)).bytes(payload.body)
  // A plain view: what comes back is a Buffer, which prints and compares differently.
  const { buffer, byteOffset, byteLength } = writer.finish()
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function writeMetric(writer: Writer, metric: SparkplugMetric): void {
  if (metric.name !== undefined) writer.uint32(tagOf(METRIC.name, WIRE.length)).string(metric.name)
  if (metric.alias !== undefined) writeLong(writer.uint32(tagOf(METRIC.alias, WIRE.varint)), BigInt(metric.alias))
  if (metric.timestamp !== undefined) writeTimestamp(writer, METRIC.timestamp, metric.timestamp)
  if (metric.datatype !== undefined) writer.uint32(tagOf(METRIC.datatype, WIRE.varint)).uint32(DATATYPE[metric.datatype])
  if (metric.isHistorical !== undefined) writer.uint32(tagOf(METRIC.isHistorical, WIRE.varint)).bool(metric.isHistorical)
  if (metric.isTransient !== undefined) writer.uint32(tagOf(METRIC.isTransient, WIRE.varint)).bool(metric.isTransient)
  if (metric.value === null || metric.isNull === true) writer.uint32(tagOf(METRIC.isNull, WIRE.varint)).bool(true)
  if (metric.properties !== undefined) writeProperties(writer, metric.properties)
  if (metric.value === null || metric.isNull === true) return
  if (metric.datatype === undefined) throw new CodecError(`metric ${metric.name ?? metric.alias ?? ''} has a value but no data type`)
  writeValue(writer, metric.datatype, metric.value, METRIC_VALUE)
}

function writeProperties(writer: Writer, properties: Readonly<Record<string, SparkplugValue>>): void {
  writer.uint32(tagOf(METRIC.properties, WIRE.length)).fork()
  for (const key of Object.keys(properties)) writer.uint32(tagOf(PROPERTY_SET.keys, WIRE.length)).string(key)
  for (const value of Object.values(properties)) {
    const datatype = datatypeOf(value)
    writer.uint32(tagOf(PROPERTY_SET.values, WIRE.length)).fork()
    writer.uint32(tagOf(PROPERTY.type, WIRE.varint)).uint32(DATATYPE[datatype])
    if (value === null) writer.uint32(tagOf(PROPERTY.isNull, WIRE.varint)).bool(true)
    else writeValue(writer, datatype, value, PROPERTY_VALUE)
    writer.ldelim()
  }
  writer.ldelim()
}

function datatypeOf(value: SparkplugValue): SparkplugDatatype {
  if (typeof value === 'boolean') return 'Boolean'
  if (typeof value === 'number') return 'Double'
  return typeof value === 'bigint' ? 'Int64' : 'String'
}

function writeTimestamp(writer: Writer, field: number, at: EpochMicros): void {
  writeLong(writer.uint32(tagOf(field, WIRE.varint)), BigInt(Math.floor(at / 1000)))
}
