import type { DuckDBConnection } from '@duckdb/node-api'
import type { EventKind, Happening } from '../readings/measurement.js'
import type { TableName } from '../readings/recording-layout.js'
import type { EpochMicros } from '../readings/time.js'
import { BLOCK_TIME } from './block-time.js'
import { numberOfPart } from './live-parts.js'
import { partPaths, type RecordingView } from './open-recording.js'
import { betweenSql, sqlText } from './sql-text.js'
import type { TimeSlice } from './time-slices.js'

/** The readings, waveform rows, gaps and events of a slice, ready to be merged by time. */
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
  readonly events: readonly Happening[]
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

/**
 * What makes the order total without looking at parts, which are merged and sorted anew: two rows that agree in all of it came in one
 * batch, lie in one part and stay in the order in which they were written.
 */
const ORDER: Readonly<Record<TableName, readonly string[]>> = {
  readings: ['time', 'received', 'sensor'],
  waveforms: [BLOCK_TIME, 'received', 'sensor', 'sequence'],
  waveforms64: [BLOCK_TIME, 'received', 'sensor', 'sequence'],
  gaps: ['from_time', 'to_time', 'cause', 'sensors'],
  events: ['time', 'event', 'severity', 'text', 'sensors'],
}

/** Everything of some sensors in one slice, or of their readings the last of each; each kind in an order that is the same however the rows lie in parts. */
export async function readSlice(
  connection: DuckDBConnection,
  view: RecordingView,
  wanted: { readonly slice: TimeSlice; readonly sensors: readonly string[]; readonly rows?: 'all' | 'last-of-each' },
): Promise<SliceRows> {
  const { slice, rows = 'all' } = wanted
  const within = { ...view, parts: slice.parts.toSorted((a, b) => numberOfPart(a) - numberOfPart(b)) }
  const keys = wanted.sensors.map(sqlText).join(', ')
  const from = (table: TableName) => {
    const paths = partPaths(within, table)
    if (paths.length === 0) return null
    const isOfMany = table === 'gaps' || table === 'events'
    const mine = isOfMany ? `(len(sensors) = 0 OR list_has_any(sensors, [${keys}]))` : `sensor IN (${keys})`
    const source = `read_parquet([${paths.map(sqlText).join(', ')}], file_row_number = true)`
    const order = [...ORDER[table], 'file_index', 'file_row_number']
    const latest = order.map((column) => `${column} DESC`).join(', ')
    const last =
      rows === 'last-of-each' && table === 'readings' ? `QUALIFY row_number() OVER (PARTITION BY sensor ORDER BY ${latest}) = 1` : ''
    return `FROM ${source} WHERE ${mine} ${betweenSql(slice, order[0])} ${last} ORDER BY ${order.join(', ')}`
  }
  return {
    readings: await readReadings(connection, from('readings')),
    waveforms: [
      ...(await readBlocks(connection, from('waveforms'), Float32Array)),
      ...(await readBlocks(connection, from('waveforms64'), Float64Array)),
    ],
    gaps: await readGaps(connection, from('gaps')),
    events: await readEvents(connection, from('events')),
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

async function readEvents(connection: DuckDBConnection, from: string | null): Promise<SliceRows['events']> {
  if (from === null) return []
  const result = await connection.runAndReadAll(`SELECT epoch_us(time)::DOUBLE, event, severity, text, to_json(sensors)::VARCHAR ${from}`)
  return result.getRows().map(([at, event, severity, text, sensors]) => ({
    kind: 'event',
    at: Number(at),
    event: String(event) as EventKind,
    severity: String(severity) as Happening['severity'],
    text: String(text),
    sensors: JSON.parse(String(sensors)) as string[],
    isReplayed: true,
  }))
}
