import type { Batch, Freight, Gap, Waveform } from '../../readings/measurement.js'
import type { EpochMicros } from '../../readings/time.js'
import type { SliceRows, SliceWaveform } from '../../recordings/read-slice.js'

/** A piece of freight and the recorded moment at which it is its turn. */
export interface Timed {
  readonly at: EpochMicros
  readonly freight: Freight
}

/** Recorded key → the keys under which it was asked for. */
export type WantedKeys = ReadonlyMap<string, readonly string[]>

/** A batch covers at most so much recorded time, so that a replay in real time flows. */
const BATCH_SPAN_MICROS = 50_000
const BATCH_ROWS = 2048

/** Readings, waveforms, gaps and events of a slice as one stream in time order. */
export function* mergeSlice(rows: SliceRows, wanted: WantedKeys): Generator<Timed> {
  const others = [...waveformsOf(rows.waveforms, wanted), ...gapsOf(rows, wanted), ...eventsOf(rows, wanted)].toSorted(
    (a, b) => a.at - b.at,
  )
  const { time } = rows.readings
  let row = 0
  for (const other of others) {
    while (row < time.length && (time[row] ?? 0) <= other.at) {
      const end = batchEnd(rows, row, other.at)
      yield batchOf(rows, { row, end, wanted })
      row = end
    }
    yield other
  }
  while (row < time.length) {
    const end = batchEnd(rows, row, Number.POSITIVE_INFINITY)
    yield batchOf(rows, { row, end, wanted })
    row = end
  }
}

/** A batch has one time of receipt, so it ends where that changes. */
function batchEnd({ readings: { time, received } }: SliceRows, start: number, until: EpochMicros): number {
  const limit = Math.min(until, (time[start] ?? 0) + BATCH_SPAN_MICROS)
  let end = start + 1
  while (end < time.length && end - start < BATCH_ROWS && (time[end] ?? 0) <= limit && received[end] === received[start]) end++
  return end
}

function batchOf({ readings }: SliceRows, part: { readonly row: number; readonly end: number; readonly wanted: WantedKeys }): Timed {
  const { row, end, wanted } = part
  const keys: string[] = []
  const numbers = new Map<string, number>()
  const rows: number[] = []
  const sensor: number[] = []
  for (let i = row; i < end; i++) {
    for (const key of wanted.get(readings.sensors[i] ?? '') ?? []) {
      const number = numbers.get(key) ?? keys.push(key) - 1
      numbers.set(key, number)
      rows.push(i)
      sensor.push(number)
    }
  }
  const texts = rows.map((i) => readings.texts[i] ?? null)
  const freight: Batch = {
    kind: 'batch',
    sensors: keys,
    sensor: Uint32Array.from(sensor),
    measuredAt: Float64Array.from(rows, (i) => readings.time[i] ?? 0),
    receivedAt: readings.received[row] ?? 0,
    value: Float64Array.from(rows, (i) => readings.value[i] ?? 0),
    quality: Uint8Array.from(rows, (i) => readings.quality[i] ?? 0),
    ...(texts.some((text) => text !== null) ? { texts } : {}),
  }
  return { at: readings.time[row] ?? 0, freight }
}

function* waveformsOf(rows: readonly SliceWaveform[], wanted: WantedKeys): Generator<Timed> {
  let block: SliceWaveform[] = []
  for (const row of rows) {
    if (row.fragment === 0) block = []
    block.push(row)
    if (row.fragment !== row.fragments - 1) continue
    for (const key of wanted.get(row.sensor) ?? []) yield { at: block[0]?.time ?? row.time, freight: waveformOf(key, block) }
  }
}

function waveformOf(key: string, block: readonly SliceWaveform[]): Waveform {
  const [first] = block
  return {
    kind: 'waveform',
    sensor: key,
    startedAt: first?.time ?? 0,
    receivedAt: first?.received ?? 0,
    sampleRateHz: first?.sampleRateHz ?? 0,
    samples: joined(block.map(({ samples }) => samples)),
    quality: first?.quality ?? 0,
    ...(first === undefined || first.sequence === null ? {} : { sequence: first.sequence }),
  }
}

function joined(pieces: readonly (Float32Array | Float64Array)[]): Float32Array | Float64Array {
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0)
  const whole = pieces[0] instanceof Float64Array ? new Float64Array(total) : new Float32Array(total)
  let offset = 0
  for (const piece of pieces) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
}

function* gapsOf({ gaps }: SliceRows, wanted: WantedKeys): Generator<Timed> {
  for (const { sensors, ...gap } of gaps) {
    const keys = sensors.flatMap((sensor) => wanted.get(sensor) ?? [])
    const freight: Gap = { kind: 'gap', sensors: keys, ...gap }
    yield { at: gap.from, freight }
  }
}

function* eventsOf({ events }: SliceRows, wanted: WantedKeys): Generator<Timed> {
  for (const event of events)
    yield { at: event.at, freight: { ...event, sensors: event.sensors.flatMap((sensor) => wanted.get(sensor) ?? []) } }
}
