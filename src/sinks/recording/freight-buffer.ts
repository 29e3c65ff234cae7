import type { Batch, Freight, Gap, Happening } from '../../readings/measurement.js'
import { type PartEntry, WAVEFORM_ROW_SAMPLES } from '../../readings/recording-layout.js'
import type { EpochMicros } from '../../readings/time.js'
import { READING_ROW_BYTES, ReadingColumns } from './reading-columns.js'
import type { SensorDictionary } from './sensor-dictionary.js'
import { rowsOfWaveform, type WaveformRow } from './waveform-rows.js'

const ROW_OVERHEAD_BYTES = 200
/** An upper bound of what a character costs in a JavaScript string. */
const CHARACTER_BYTES = 2
/** A string's head and its place in a map or a list. */
const TEXT_OVERHEAD_BYTES = 48
const REFERENCE_BYTES = 8

/** What waits for one flush, or is being flushed. */
export class FreightBuffer {
  readonly readings = new ReadingColumns()
  readonly waveforms: WaveformRow[] = []
  readonly waveforms64: WaveformRow[] = []
  readonly events: Happening[] = []
  readonly gaps: Gap[] = []
  /** Waveform blocks, which may each be several rows. */
  private blocks = 0
  /** As bytesOf counts them. */
  bytes = 0
  /** Set once the journal names the parts: from then on only the renames are to be done. */
  committed: readonly PartEntry[] | null = null

  /** Readings and waveform blocks (countOf). */
  get count(): number {
    return this.readings.rows + this.blocks
  }

  get isEmpty(): boolean {
    return this.count === 0 && this.events.length === 0 && this.gaps.length === 0
  }

  /** The times of its readings and blocks, first and last. */
  get span(): { readonly from: EpochMicros; readonly to: EpochMicros } {
    const times = [...this.waveforms, ...this.waveforms64].map(({ startedAt }) => startedAt)
    if (this.readings.rows > 0) times.push(this.readings.firstTime, this.readings.lastTime)
    return {
      from: times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
      to: times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    }
  }

  /** Empties it for the next flush; the memory of the columns stays. */
  clear(): void {
    this.readings.clear()
    for (const list of [this.waveforms, this.waveforms64, this.events, this.gaps]) list.length = 0
    this.blocks = 0
    this.bytes = 0
    this.committed = null
  }

  append(freight: Freight, dictionary: SensorDictionary): void {
    this.bytes += bytesOf(freight)
    switch (freight.kind) {
      case 'batch':
        this.readings.append(freight, dictionary)
        return
      case 'waveform': {
        const { sensors, units } = dictionary.numbersOf([freight.sensor])
        const rows = rowsOfWaveform(freight, sensors[0] ?? 0, units[0] ?? 0)
        const table = rows[0]?.samples instanceof Float64Array ? this.waveforms64 : this.waveforms
        table.push(...rows)
        this.blocks++
        return
      }
      case 'event':
        this.events.push(freight)
        return
      case 'gap':
        this.gaps.push(freight)
    }
  }
}

/** About how much memory a piece of freight takes in a buffer. */
export function bytesOf(freight: Freight): number {
  switch (freight.kind) {
    case 'batch':
      return freight.value.length * READING_ROW_BYTES + textBytesOf(freight)
    case 'waveform':
      return freight.samples.byteLength + Math.max(1, Math.ceil(freight.samples.length / WAVEFORM_ROW_SAMPLES)) * ROW_OVERHEAD_BYTES
    case 'event':
      return ROW_OVERHEAD_BYTES + freight.text.length * CHARACTER_BYTES + freight.sensors.length * REFERENCE_BYTES
    case 'gap':
      return ROW_OVERHEAD_BYTES + freight.cause.length * CHARACTER_BYTES + freight.sensors.length * REFERENCE_BYTES
  }
}

function textBytesOf({ texts = [] }: Batch): number {
  return texts.reduce((sum, text) => (text === null ? sum : sum + TEXT_OVERHEAD_BYTES + text.length * CHARACTER_BYTES), 0)
}
