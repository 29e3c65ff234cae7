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
import type { TableName } from '../../readings/recording-layout.js'
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
  readonly types: readonly DuckDBType[]
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

function readingsFiller(columns: ReadingColumns, dictionary: DictionaryTypes): ChunkFiller {
  return {
    types: [TIMESTAMP, TIMESTAMP, dictionary.sensorType, DOUBLE, dictionary.unitType, VARCHAR, UTINYINT],
    rows: columns.rows,
    chunkRows: VECTOR_ROWS,
    fill(chunk, from, count) {
      chunk.rowCount = count
      const rows = { from, count }
      copyColumn(chunk, 0, columns.time, { ...rows, perRow: 2 })
      copyColumn(chunk, 1, columns.received, { ...rows, perRow: 2 })
      copyColumn(chunk, 2, enumNumbers(columns.sensor.subarray(from, from + count), dictionary.keys), { from: 0, count })
      copyColumn(chunk, 3, columns.value, rows)
      copyColumn(chunk, 4, enumNumbers(columns.unit.subarray(from, from + count), dictionary.units), { from: 0, count })
      copyColumn(chunk, 6, columns.quality, rows)
      markMissing(chunk, 3, count, (row) => isBad(columns.quality[from + row] ?? 0))
      markMissing(chunk, 5, count, (row) => !columns.texts.has(from + row))
      if (columns.texts.size === 0) return
      for (let row = 0; row < count; row++) {
        const text = columns.texts.get(from + row)
        if (text !== undefined) setText(chunk, 5, row, text)
      }
    },
  }
}

function waveformsFiller(rows: readonly WaveformRow[], table: 'waveforms' | 'waveforms64', dictionary: DictionaryTypes): ChunkFiller {
  const samples = LIST(table === 'waveforms' ? FLOAT : DOUBLE)
  return {
    types: [TIMESTAMP, TIMESTAMP, dictionary.sensorType, dictionary.unitType, DOUBLE, samples, BIGINT, UINTEGER, UINTEGER, UTINYINT],
    rows: rows.length,
    chunkRows: WAVEFORM_CHUNK_ROWS,
    fill(chunk, from, count) {
      chunk.rowCount = count
      const some = rows.slice(from, from + count)
      const all = { from: 0, count }
      copyColumn(chunk, 0, micros(some.map((row) => row.startedAt)), { ...all, perRow: 2 })
      copyColumn(chunk, 1, micros(some.map((row) => row.receivedAt)), { ...all, perRow: 2 })
      copyColumn(
        chunk,
        2,
        enumNumbers(
          Uint32Array.from(some, (row) => row.sensor),
          dictionary.keys,
        ),
        all,
      )
      copyColumn(
        chunk,
        3,
        enumNumbers(
          Uint32Array.from(some, (row) => row.unit),
          dictionary.units,
        ),
        all,
      )
      copyColumn(
        chunk,
        4,
        Float64Array.from(some, (row) => row.sampleRateHz),
        all,
      )
      copyLists(
        chunk,
        5,
        some.map((row) => row.samples),
      )
      copyColumn(
        chunk,
        6,
        BigInt64Array.from(some, (row) => wholeOf(row.sequence ?? 0)),
        all,
      )
      markMissing(chunk, 6, count, (row) => some[row]?.sequence === undefined)
      copyColumn(
        chunk,
        7,
        Uint32Array.from(some, (row) => row.fragment),
        all,
      )
      copyColumn(
        chunk,
        8,
        Uint32Array.from(some, (row) => row.fragments),
        all,
      )
      copyColumn(
        chunk,
        9,
        Uint8Array.from(some, (row) => row.quality),
        all,
      )
    },
  }
}

function eventsFiller({ events }: FreightBuffer): ChunkFiller {
  return {
    types: [TIMESTAMP, VARCHAR, VARCHAR, VARCHAR, LIST(VARCHAR)],
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
    types: [TIMESTAMP, TIMESTAMP, LIST(VARCHAR), VARCHAR, BIGINT],
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

/** DuckDB stores an ENUM in the smallest unsigned integer that counts its values. */
function enumNumbers(numbers: Uint32Array | Uint16Array, values: number): Uint8Array | Uint16Array | Uint32Array {
  if (values <= 0xff) return new Uint8Array(numbers)
  return values <= 0xffff ? new Uint16Array(numbers) : new Uint32Array(numbers)
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
