import {
  BIGINT,
  DOUBLE,
  type DuckDBDataChunk,
  DuckDBTimestampValue,
  type DuckDBType,
  FLOAT,
  LIST,
  listValue,
  TIMESTAMP,
  UINTEGER,
  UTINYINT,
  VARCHAR,
} from '@duckdb/node-api'
import { isBad } from '../../readings/quality.js'
import { TABLES, type TableName } from '../../readings/recording-layout.js'
import { copyColumn, copyLists, markMissing, setPlainColumns, setText } from './chunk-columns.js'
import type { FreightBuffer } from './freight-buffer.js'
import { setMicros } from './micros-column.js'
import type { ReadingColumns } from './reading-columns.js'
import type { WaveformRow } from './waveform-rows.js'

/** DuckDB's vector size: a chunk holds no more rows. */
const VECTOR_ROWS = 2048
/** 64 rows of 4,096 floats are 1 MiB. */
const WAVEFORM_CHUNK_ROWS = 64
const MAX_INT64 = 2 ** 63

/** The ENUM types that sensors and units are filled as, and how many values they had when they were made. */
export interface DictionaryTypes {
  readonly keys: number
  readonly units: number
  readonly sensorType: DuckDBType
  readonly unitType: DuckDBType
}

/** How one table of a buffer gets into chunks. */
export interface ChunkFiller {
  /** The columns that chunks hold, in their order. */
  readonly columns: readonly { readonly name: string; readonly type: DuckDBType }[]
  /** The others, each the same in every row, as SQL. */
  readonly constants: Readonly<Record<string, string>>
  readonly rows: number
  readonly chunkRows: number
  fill(chunk: DuckDBDataChunk, from: number, count: number): void
}

export function fillerOf(table: TableName, buffer: FreightBuffer, dictionary: DictionaryTypes): ChunkFiller {
  switch (table) {
    case 'readings':
      return readingsFiller(buffer.readings, dictionary)
    case 'waveforms':
    case 'waveforms64':
      return waveformsFiller(buffer[table], table, dictionary)
    case 'events':
      return eventsFiller(buffer)
    case 'gaps':
      return gapsFiller(buffer)
  }
}

type FillColumn = (chunk: DuckDBDataChunk, column: number, rows: { readonly from: number; readonly count: number }) => void

/** Texts are rare and a bad quality is: a column that is the same in all rows is not filled at all. */
function readingsFiller(readings: ReadingColumns, dictionary: DictionaryTypes): ChunkFiller {
  const { has, texts } = readings
  const filled: [name: string, type: DuckDBType, fill: FillColumn][] = [
    ['time', TIMESTAMP, (chunk, column, rows) => copyColumn(chunk, column, readings.time, { ...rows, perRow: 2 })],
    ['received', TIMESTAMP, (chunk, column, rows) => copyColumn(chunk, column, readings.received, { ...rows, perRow: 2 })],
    [
      'sensor',
      dictionary.sensorType,
      (chunk, column, rows) => copyNumbers(chunk, column, { numbers: readings.sensor, values: dictionary.keys, rows }),
    ],
    [
      'value',
      DOUBLE,
      (chunk, column, rows) => {
        copyColumn(chunk, column, readings.value, rows)
        if (has.bad) markMissing(chunk, column, rows.count, (row) => isBad(readings.quality[rows.from + row] ?? 0))
      },
    ],
    [
      'unit',
      dictionary.unitType,
      (chunk, column, rows) => {
        copyNumbers(chunk, column, { numbers: readings.unit, values: dictionary.units, rows })
        if (has.noUnit) markMissing(chunk, column, rows.count, (row) => readings.unit[rows.from + row] === 0)
      },
    ],
  ]
  if (texts.size > 0) filled.push(['text', VARCHAR, (chunk, column, rows) => fillTexts(chunk, column, { texts, ...rows })])
  if (has.uncertain) filled.push(['quality', UTINYINT, (chunk, column, rows) => copyColumn(chunk, column, readings.quality, rows)])
  return {
    columns: filled.map(([name, type]) => ({ name, type })),
    constants: { ...(texts.size > 0 ? {} : { text: 'NULL::VARCHAR' }), ...(has.uncertain ? {} : { quality: '0::UTINYINT' }) },
    rows: readings.rows,
    chunkRows: VECTOR_ROWS,
    fill(chunk, from, count) {
      chunk.rowCount = count
      filled.forEach(([, , fill], column) => fill(chunk, column, { from, count }))
    },
  }
}

function fillTexts(
  chunk: DuckDBDataChunk,
  column: number,
  { texts, from, count }: { readonly texts: ReadonlyMap<number, string>; readonly from: number; readonly count: number },
): void {
  markMissing(chunk, column, count, (row) => !texts.has(from + row))
  for (let row = 0; row < count; row++) {
    const text = texts.get(from + row)
    if (text !== undefined) setText(chunk, column, row, text)
  }
}

function waveformsFiller(rows: readonly WaveformRow[], table: 'waveforms' | 'waveforms64', dictionary: DictionaryTypes): ChunkFiller {
  const samples = LIST(table === 'waveforms' ? FLOAT : DOUBLE)
  const types = [
    TIMESTAMP,
    TIMESTAMP,
    dictionary.sensorType,
    dictionary.unitType,
    DOUBLE,
    samples,
    BIGINT,
    UINTEGER,
    UINTEGER,
    UTINYINT,
    UINTEGER,
  ]
  return {
    columns: namedColumns(table, types),
    constants: {},
    rows: rows.length,
    chunkRows: WAVEFORM_CHUNK_ROWS,
    fill(chunk, from, count) {
      chunk.rowCount = count
      const some = rows.slice(from, from + count)
      const all = { from: 0, count }
      const numbers = (numberOf: (row: WaveformRow) => number) => Uint32Array.from(some, numberOf)
      copyColumn(chunk, 0, micros(some.map((row) => row.startedAt)), { ...all, perRow: 2 })
      copyColumn(chunk, 1, micros(some.map((row) => row.receivedAt)), { ...all, perRow: 2 })
      copyNumbers(chunk, 2, { numbers: numbers((row) => row.sensor), values: dictionary.keys, rows: all })
      copyNumbers(chunk, 3, { numbers: numbers((row) => row.unit), values: dictionary.units, rows: all })
      markMissing(chunk, 3, count, (row) => some[row]?.unit === 0)
      const rates = Float64Array.from(some, (row) => row.sampleRateHz)
      copyColumn(chunk, 4, rates, all)
      const lists = some.map((row) => row.samples)
      copyLists(chunk, 5, lists)
      const sequences = BigInt64Array.from(some, (row) => wholeOf(row.sequence ?? 0))
      copyColumn(chunk, 6, sequences, all)
      markMissing(chunk, 6, count, (row) => some[row]?.sequence === undefined)
      const fragments = numbers((row) => row.fragments)
      copyColumn(
        chunk,
        7,
        numbers((row) => row.fragment),
        all,
      )
      copyColumn(chunk, 8, fragments, all)
      const qualities = Uint8Array.from(some, (row) => row.quality)
      copyColumn(chunk, 9, qualities, all)
      const counts = numbers((row) => row.samples.length)
      copyColumn(chunk, 10, counts, all)
    },
  }
}

function eventsFiller({ events }: FreightBuffer): ChunkFiller {
  return {
    columns: namedColumns('events', [TIMESTAMP, VARCHAR, VARCHAR, VARCHAR, LIST(VARCHAR)]),
    constants: {},
    rows: events.length,
    chunkRows: VECTOR_ROWS,
    fill(chunk, from, count) {
      const some = events.slice(from, from + count)
      setPlainColumns(chunk, [
        some.map(({ at }) => new DuckDBTimestampValue(wholeOf(at))),
        some.map(({ event }) => event),
        some.map(({ severity }) => severity),
        some.map(({ text }) => text),
        some.map(({ sensors }) => listValue([...sensors])),
      ])
    },
  }
}

function gapsFiller({ gaps }: FreightBuffer): ChunkFiller {
  return {
    columns: namedColumns('gaps', [TIMESTAMP, TIMESTAMP, LIST(VARCHAR), VARCHAR, BIGINT]),
    constants: {},
    rows: gaps.length,
    chunkRows: VECTOR_ROWS,
    fill(chunk, start, count) {
      const some = gaps.slice(start, start + count)
      setPlainColumns(chunk, [
        some.map(({ from }) => new DuckDBTimestampValue(wholeOf(from))),
        some.map(({ to }) => new DuckDBTimestampValue(wholeOf(to))),
        some.map(({ sensors }) => listValue([...sensors])),
        some.map(({ cause }) => cause),
        some.map(({ missing }) => (missing === null ? null : wholeOf(missing))),
      ])
    },
  }
}

function namedColumns(table: TableName, types: readonly DuckDBType[]): ChunkFiller['columns'] {
  return Object.keys(TABLES[table]).flatMap((name, i) => (types[i] === undefined ? [] : [{ name, type: types[i] }]))
}

/** DuckDB stores an ENUM in the smallest unsigned integer that counts its values. */
function copyNumbers(
  chunk: DuckDBDataChunk,
  column: number,
  {
    numbers,
    values,
    rows: { from, count },
  }: {
    readonly numbers: Uint32Array | Uint16Array
    readonly values: number
    readonly rows: { readonly from: number; readonly count: number }
  },
): void {
  const some = numbers.subarray(from, from + count)
  const narrowed = values <= 0xff ? new Uint8Array(some) : values <= 0xffff ? new Uint16Array(some) : new Uint32Array(some)
  copyColumn(chunk, column, narrowed, { from: 0, count })
}

function micros(times: readonly number[]): Int32Array {
  const words = new Int32Array(2 * times.length)
  times.forEach((at, row) => setMicros(words, row, at))
  return words
}

/** What comes from outside may be any number; DuckDB takes 64 bits of it. */
function wholeOf(number: number): bigint {
  return Math.abs(number) < MAX_INT64 ? BigInt(Math.floor(number)) : 0n
}
