import type { Batch, Waveform } from '../../readings/measurement.js'
import type { Sensor } from '../../readings/sensor.js'
import type { Parcel, ParcelSensor, ReadingParcel, WaveformParcel } from './parcel.js'
import { ReadingSequence } from './reading-sequence.js'

const ROW_BYTES = 40
const SUMMARY_BYTES = 200

interface Columns {
  readonly sensors: ParcelSensor[]
  readonly indexOf: Map<string, number>
  readonly sensor: number[]
  readonly at: number[]
  readonly value: number[]
  readonly quality: number[]
  readonly sequence: number[]
  readonly texts: (string | null)[]
  hasTexts: boolean
}

/** Collects readings into parcels, in memory; order is kept, waveforms stand between what came before and after them. */
export class ParcelCollector {
  readonly #run: string
  readonly #sensors = new Map<string, ParcelSensor>()
  readonly #sequence = new ReadingSequence()
  /** The next block's number where the sender counts none. */
  readonly #blocks = new Map<string, number>()
  readonly #closed: Parcel[] = []
  #open: Columns = emptyColumns()
  /** About how much memory it takes. */
  bytes = 0
  /** Readings and blocks. */
  count = 0

  constructor(run: string, sensors: readonly Sensor[]) {
    this.#run = run
    this.describe(sensors)
  }

  /** More sensors, or the same anew; what was collected of them stays as it was described then. */
  describe(sensors: readonly Sensor[]): void {
    this.#closeColumns()
    for (const { key, unit, asset = null } of sensors) this.#sensors.set(key, { key, unit, asset })
  }

  addBatch(batch: Batch): void {
    for (let row = 0; row < batch.value.length; row++) {
      const sensor = batch.sensors[batch.sensor[row] ?? 0] ?? ''
      this.#addRow(sensor, batch, row)
    }
    this.count += batch.value.length
  }

  /** In place of a block's samples. */
  addSummary({ sensor, startedAt, samples, quality }: Waveform): void {
    this.#closeColumns()
    const sequence = this.#sequence.next(`${sensor} summary`, startedAt)
    this.#closed.push({
      kind: 'summary',
      run: this.#run,
      sensor: this.#sensorOf(sensor),
      startedAt,
      ...rmsAndPeak(samples),
      quality,
      sequence,
    })
    this.bytes += SUMMARY_BYTES
    this.count++
  }

  addWaveform(waveform: Waveform): void {
    this.#closeColumns()
    const { startedAt, sampleRateHz, samples, quality } = waveform
    const sensor = this.#sensorOf(waveform.sensor)
    const sequence = waveform.sequence ?? this.#blocks.get(sensor.key) ?? 0
    this.#blocks.set(sensor.key, sequence + 1)
    this.#closed.push({
      kind: 'waveform',
      run: this.#run,
      sensor,
      startedAt,
      sampleRateHz,
      samples,
      quality,
      sequence,
    } satisfies WaveformParcel)
    this.bytes += samples.byteLength
    this.count++
  }

  #sensorOf(key: string): ParcelSensor {
    return this.#sensors.get(key) ?? { key, unit: null, asset: null }
  }

  /** All of it, and begins anew. */
  take(): readonly Parcel[] {
    this.#closeColumns()
    this.bytes = 0
    this.count = 0
    return this.#closed.splice(0)
  }

  #addRow(sensor: string, { measuredAt, value, quality, texts }: Batch, row: number): void {
    const columns = this.#open
    let index = columns.indexOf.get(sensor)
    if (index === undefined) {
      index = columns.sensors.push(this.#sensorOf(sensor)) - 1
      columns.indexOf.set(sensor, index)
    }
    const at = measuredAt[row] ?? 0
    const text = texts?.[row] ?? null
    columns.sensor.push(index)
    columns.at.push(at)
    columns.value.push(value[row] ?? Number.NaN)
    columns.quality.push(quality[row] ?? 0)
    columns.sequence.push(this.#sequence.next(sensor, at))
    columns.texts.push(text)
    if (text !== null) columns.hasTexts = true
    this.bytes += ROW_BYTES + (text === null ? 0 : 2 * text.length)
  }

  #closeColumns(): void {
    const { sensors, sensor, at, value, quality, sequence, texts, hasTexts } = this.#open
    if (at.length === 0) return
    this.#closed.push({
      kind: 'readings',
      run: this.#run,
      sensors,
      sensor: Uint32Array.from(sensor),
      at: Float64Array.from(at),
      value: Float64Array.from(value),
      quality: Uint8Array.from(quality),
      sequence: Uint32Array.from(sequence),
      texts: hasTexts ? texts : null,
    } satisfies ReadingParcel)
    this.#open = emptyColumns()
  }
}

function rmsAndPeak(samples: Waveform['samples']): { readonly rms: number; readonly peak: number } {
  let sum = 0
  let peak = 0
  for (const sample of samples) {
    sum += sample * sample
    peak = Math.max(peak, Math.abs(sample))
  }
  return { rms: Math.sqrt(sum / samples.length), peak: samples.length === 0 ? Number.NaN : peak }
}

function emptyColumns(): Columns {
  return { sensors: [], indexOf: new Map(), sensor: [], at: [], value: [], quality: [], sequence: [], texts: [], hasTexts: false }
}
