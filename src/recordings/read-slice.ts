import type { DuckDBConnection } from '@duckdb/node-api'
import type { TableName } from '../readings/recording-layout.js'
import type { EpochMicros } from '../readings/time.js'
import { BLOCK_TIME } from './block-time.js'
import { partPaths, type RecordingView } from './open-recording.js'
import { betweenSql, sqlText } from './sql-text.js'
import type { TimeSlice } from './time-slices.js'

/** One sensor's reading, waveform row or gap of a slice, ready to be merged by time. */
export interface SliceRows {
  readonly readings: {
    /** Shape (n,) each. */
    readonly time: Float64Array
    readonly received: Float64Array
    readonly value: Float64Array
    readonly quality: Uint8Array
    readonly sensors: readonly string[]
    readonly texts: readonly (string | null)[]
  }
  /** The pieces of a block follow one another. */
  readonly waveforms: readonly SliceWaveform[]
  readonly gaps: readonly { from: EpochMicros; to: EpochMicros; sensors: readonly string[]; cause: string; missing: number | null }[]
}

export interface SliceWaveform {
  readonly time: EpochMicros
  readonly received: EpochMicros
  readonly sensor: string
  readonly sampleRateHz: number
  readonly samples: Float32Array | Float64Array
  /** Null where the sender gave none. */
  readonly sequence: number | null
  readonly fragment: number
  readonly fragments: number
  readonly quality: number
}

/** Everything of some sensors in one slice, each kind in time order; rows of the same time in the order in which they were written. */
export async function readSlice(
  connection: DuckDBConnection,
  view: RecordingView,
  wanted: { readonly slice: TimeSlice; readonly sensors: readonly string[] },
): Promise<SliceRows> {
  const { slice } = wanted
  const within = { ...view, parts: slice.parts }
  const keys = wanted.sensors.map(sqlText).join(', ')
  const from = (table: TableName, begin: string) => {
    const paths = partPaths(within, table)
    if (paths.length === 0) return null
    const mine = table === 'gaps' ? `(len(sensors) = 0 OR list_has_any(sensors, [${keys}]))` : `sensor IN (${keys})`
    const source = `read_parquet([${paths.map(sqlText).join(', ')}], filename = true, file_row_number = true)`
    return `FROM ${source} WHERE ${mine} ${betweenSql(slice, begin)} ORDER BY ${begin}, filename, file_row_number`
  }
  return {
    readings: await readReadings(connection, from('readings', 'time')),
    waveforms: [
      ...(await readBlocks(connection, from('waveforms', BLOCK_TIME), Float32Array)),
      ...(await readBlocks(connection, from('waveforms64', BLOCK_TIME), Float64Array)),
    ],
    gaps: await readGaps(connection, from('gaps', 'from_time')),
  }
}

async function readReadings(connection: DuckDBConnection, from: string | null): Promise<SliceRows['readings']> {
  const nothing = new Float64Array(0)
  if (from === null) return { time: nothing, received: nothing, value: nothing, quality: new Uint8Array(0), sensors: [], texts: [] }
  const { bytesOf, doublesOf, integersOf } = await import('./chunk-reader.js')
  const result = await connection.run(`SELECT time, received, sensor, value, quality, text ${from}`)
  const chunks = await result.fetchAllChunks()
  const total = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0)
  const time = new Float64Array(total)
  const received = new Float64Array(total)
  const value = new Float64Array(total)
  const quality = new Uint8Array(total)
  const sensors: string[] = []
  const texts: (string | null)[] = []
  for (const chunk of chunks) {
    const offset = sensors.length
    time.set(integersOf(chunk, 0), offset)
    received.set(integersOf(chunk, 1), offset)
    for (const sensor of chunk.getColumnValues(2)) sensors.push(sensor as string)
    value.set(doublesOf(chunk, 3), offset)
    quality.set(bytesOf(chunk, 4), offset)
    for (const text of chunk.getColumnValues(5)) texts.push(text as string | null)
  }
  return { time, received, value, quality, sensors, texts }
}

async function readBlocks(
  connection: DuckDBConnection,
  from: string | null,
  Samples: Float32ArrayConstructor | Float64ArrayConstructor,
): Promise<SliceWaveform[]> {
  if (from === null) return []
  const { bytesOf, doublesOf, integersOf, listsOf } = await import('./chunk-reader.js')
  const result = await connection.run(
    `SELECT time, received, sensor, sample_rate_hz, samples, sequence, fragment::DOUBLE, fragments::DOUBLE, quality ${from}`,
  )
  const rows: SliceWaveform[] = []
  for (const chunk of await result.fetchAllChunks()) {
    const [time, received, rate] = [integersOf(chunk, 0), integersOf(chunk, 1), doublesOf(chunk, 3)]
    const [fragment, fragments, quality] = [doublesOf(chunk, 6), doublesOf(chunk, 7), bytesOf(chunk, 8)]
    const sensors = chunk.getColumnValues(2)
    const sequences = chunk.getColumnValues(5)
    listsOf(chunk, 4, Samples).forEach((samples, row) => {
      rows.push({
        time: time[row] ?? 0,
        received: received[row] ?? 0,
        sensor: sensors[row] as string,
        sampleRateHz: rate[row] ?? 0,
        samples,
        sequence: sequences[row] === null ? null : Number(sequences[row]),
        fragment: fragment[row] ?? 0,
        fragments: fragments[row] ?? 1,
        quality: quality[row] ?? 0,
      })
    })
  }
  return rows
}

async function readGaps(connection: DuckDBConnection, from: string | null): Promise<SliceRows['gaps']> {
  if (from === null) return []
  const result = await connection.runAndReadAll(
    `SELECT epoch_us(from_time)::DOUBLE, epoch_us(to_time)::DOUBLE, to_json(sensors)::VARCHAR, cause, missing::DOUBLE ${from}`,
  )
  return result.getRows().map(([start, to, sensors, cause, missing]) => ({
    from: Number(start),
    to: Number(to),
    sensors: JSON.parse(String(sensors)) as string[],
    cause: String(cause),
    missing: missing === null ? null : Number(missing),
  }))
}
