import { type DuckDBConnection, DuckDBDataChunk, ENUM } from '@duckdb/node-api'
import { TABLES, type TableName } from '../../readings/recording-layout.js'
import { openDuckdb } from '../../recordings/duckdb-session.js'
import { sqlText } from '../../recordings/sql-text.js'
import { type ChunkFiller, type DictionaryTypes, fillerOf } from './chunk-filler.js'
import type { FreightBuffer } from './freight-buffer.js'
import type { SensorDictionary } from './sensor-dictionary.js'

/** The buffer itself is bounded by the sink; this is room for DuckDB's copy of it and the Parquet writer. */
const MEMORY_LIMIT_MB = 512
/** Between so many chunks the event loop gets a turn. */
const CHUNKS_A_TURN = 64

export interface PartWriter {
  /** Writes one table of the buffer as a Parquet file; returns its rows. The file is not yet durable. */
  write(table: TableName, buffer: FreightBuffer, path: string): Promise<number>
  readonly close: () => void
}

/**
 * Turns columns into Parquet files through a DuckDB in memory: a table is filled by chunks copied from typed arrays, then
 * copied into the file, then dropped. Nothing is ever in a transaction.
 */
export async function openPartWriter(dictionary: SensorDictionary): Promise<PartWriter> {
  const { connection, close } = await openDuckdb({ memoryLimitMb: MEMORY_LIMIT_MB })
  let types: DictionaryTypes | undefined
  let typeNumber = 0

  async function currentTypes(): Promise<DictionaryTypes> {
    if (types?.keys === dictionary.keys.length && types.units === dictionary.units.length) return types
    typeNumber++
    types = await createTypes(connection, dictionary, typeNumber)
    return types
  }

  return {
    async write(table, buffer, path) {
      const dictionaryTypes = await currentTypes()
      const filler = fillerOf(table, buffer, dictionaryTypes)
      await connection.run(`CREATE OR REPLACE TABLE part (${ddl(filler, typeNumber)})`)
      try {
        await appendAll(connection, filler)
        const columns = Object.entries(TABLES[table]).map(([name, type]) => selected(name, type, { filler, types: dictionaryTypes }))
        await connection.run(
          `COPY (SELECT ${columns.join(', ')} FROM part) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)`,
        )
      } finally {
        await connection.run('DROP TABLE IF EXISTS part')
      }
      return filler.rows
    },
    close,
  }
}

async function appendAll(connection: DuckDBConnection, filler: ChunkFiller): Promise<void> {
  const chunk = DuckDBDataChunk.create(filler.columns.map(({ type }) => type))
  const appender = await connection.createAppender('part')
  try {
    for (let from = 0, turn = 1; from < filler.rows; from += filler.chunkRows, turn++) {
      chunk.reset()
      filler.fill(chunk, from, Math.min(filler.chunkRows, filler.rows - from))
      appender.appendDataChunk(chunk)
      if (turn % CHUNKS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    appender.flushSync()
  } finally {
    appender.closeSync()
  }
}

async function createTypes(connection: DuckDBConnection, dictionary: SensorDictionary, number: number): Promise<DictionaryTypes> {
  // Copies: the dictionary may grow while the statements run. An ENUM needs a value even where there are no sensors, only events.
  const known = dictionary.keys.length
  const keys = known > 0 ? [...dictionary.keys] : ['']
  const units = [...dictionary.units]
  await connection.run(`CREATE TYPE sensor_${number} AS ENUM (${keys.map(sqlText).join(', ')})`)
  await connection.run(`CREATE TYPE unit_${number} AS ENUM (${units.map(sqlText).join(', ')})`)
  return { keys: known, units: units.length, sensorType: ENUM(keys), unitType: ENUM(units) }
}

function ddl({ columns }: ChunkFiller, typeNumber: number): string {
  return columns
    .map(({ name, type }) => `${name} ${name === 'sensor' || name === 'unit' ? `${name}_${typeNumber}` : type.toString()}`)
    .join(', ')
}

/**
 * Sensors and units are filled as ENUMs, that is as numbers. Parquet gets them as texts in a dictionary either way: an ENUM gives
 * its whole dictionary without looking at a row, which is fast, but much to store where few rows meet many sensors.
 */
function selected(
  name: string,
  type: string,
  { filler, types }: { readonly filler: ChunkFiller; readonly types: DictionaryTypes },
): string {
  const constant = filler.constants[name]
  if (constant !== undefined) return `${constant} AS ${name}`
  const isSparse = (name === 'sensor' && filler.rows < types.keys) || (name === 'unit' && filler.rows < types.units)
  return isSparse ? `${name}::${type} AS ${name}` : name
}
