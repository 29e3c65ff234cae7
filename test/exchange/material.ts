import { join } from 'node:path'
import { type ExportRequest, type ExportSummary, exportRecording } from '../../src/exchange/export-recording.js'
import { type ImportRequest, type ImportSummary, importFiles } from '../../src/exchange/import-files.js'
import type { ColumnMapping } from '../../src/exchange/import-job.js'
import type { Freight } from '../../src/readings/measurement.js'
import { QUALITY } from '../../src/readings/quality.js'
import { PART_TABLES, type PartTable } from '../../src/readings/recording-layout.js'
import type { Sensor } from '../../src/readings/sensor.js'
import { openDuckdb } from '../../src/recordings/duckdb-session.js'
import { openRecording } from '../../src/recordings/open-recording.js'
import { tableSql } from '../../src/recordings/recording-tables.js'
import { recorded } from '../recordings/material.js'
import { STATE, T0, TEMPERATURE, VIBRATION } from '../sinks/recording/material.js'

/** A sensor whose name and unit try everything that a file format could trip over. */
export const NASTY: Sensor = { key: '=cmd|"a",b\\ \u00e9', address: 'mqtt://h/x', kind: 'other', unit: 'a,b ="x"', periodMs: 1000 }

export function sine(count: number): Float32Array {
  return Float32Array.from(doubleSine(count))
}

export function doubleSine(count: number, hz = 50, sampleRateHz = 25_600): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => Math.sin((2 * Math.PI * hz * k) / sampleRateHz))
}

/** Readings good, bad and odd, texts, waveforms of both precisions with a hole, an event, a gap. */
export function everything(): Freight[] {
  const keys = [TEMPERATURE.key, STATE.key, NASTY.key]
  const texts = [null, '=1+1', null, '"quoted", and\r\nbroken', null, '', "'-x", 'line\nend\\']
  const count = texts.length
  return [
    {
      kind: 'batch',
      sensors: keys,
      sensor: Uint32Array.from({ length: count }, (_, i) => i % 3),
      measuredAt: Float64Array.from({ length: count }, (_, i) => T0 + i * 1_000_001),
      receivedAt: T0 + 9_000_000,
      value: Float64Array.from([0.1, Number.NaN, -1 / 3, 5e-324, 1.7976931348623157e308, -0, 12, 3]),
      quality: Uint8Array.from([0, 0, QUALITY.stale, 0, 0, 0, QUALITY['no-response'], 0]),
      texts,
    },
    {
      kind: 'waveform',
      sensor: VIBRATION.key,
      startedAt: T0,
      receivedAt: T0 + 5,
      sampleRateHz: 25_600,
      samples: sine(10_000),
      quality: 0,
      sequence: 7,
    },
    {
      kind: 'waveform',
      sensor: VIBRATION.key,
      startedAt: T0 + 5_000_000,
      receivedAt: T0 + 5_000_005,
      sampleRateHz: 25_600,
      samples: doubleSine(5000),
      quality: 0,
    },
    { kind: 'event', at: T0 + 77, event: 'mark', severity: 'note', text: '+49 "impact", test', sensors: [VIBRATION.key, NASTY.key] },
    { kind: 'gap', sensors: [TEMPERATURE.key], from: T0, to: T0 + 3, cause: 'connection lost: "x"', missing: 3 },
    { kind: 'gap', sensors: [], from: T0, to: T0 + 4, cause: '-unknown', missing: null },
  ]
}

export function recordedEverything(): Promise<string> {
  return recorded([TEMPERATURE, STATE, VIBRATION, NASTY], everything())
}

export function exported(folder: string, name: string, more: Partial<ExportRequest> = {}): Promise<ExportSummary> {
  return exportRecording({
    folder,
    to: join(folder, '..', name),
    format: undefined,
    selection: { sensors: [], from: undefined, to: undefined },
    existing: 'refuse',
    signal: new AbortController().signal,
    ...more,
  })
}

/** All rows of a recording's table as texts, in a fixed order. */
export async function rowsOf(folder: string, table: PartTable): Promise<string[]> {
  const view = await openRecording(folder)
  const session = await openDuckdb({ memoryLimitMb: 512 })
  try {
    const columns = Object.keys(PART_TABLES[table]).join(', ')
    const result = await session.connection.runAndReadAll(
      `SELECT ({${Object.keys(PART_TABLES[table])
        .map((name) => `${name}: ${name}`)
        .join(', ')}})::VARCHAR AS row FROM (SELECT ${columns} FROM ${tableSql(view, table)}) ORDER BY 1`,
    )
    return result.getRows().map(([row]) => String(row))
  } finally {
    session.close()
  }
}

export const NO_MAPPING: ColumnMapping = {
  time: undefined,
  sensor: undefined,
  name: undefined,
  values: [],
  form: 'long',
  units: [],
  unitColumn: undefined,
  timeFormat: undefined,
  zone: undefined,
  decimal: 'point',
  delimiter: undefined,
  missing: [],
  startedAt: undefined,
  sampleRateHz: undefined,
}

export function imported(
  files: readonly string[],
  out: string,
  mapping: Partial<ColumnMapping> = {},
  more: Partial<ImportRequest> = {},
): Promise<ImportSummary> {
  return importFiles({
    files,
    out,
    format: undefined,
    mapping: { ...NO_MAPPING, ...mapping },
    limits: { timeoutMs: 30_000, memoryMb: 512 },
    tool: 'test',
    signal: new AbortController().signal,
    ...more,
  })
}
