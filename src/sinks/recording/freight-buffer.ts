import type { Freight, Gap, Happening } from '../../readings/measurement.js'
import type { PartEntry } from '../../readings/recording-layout.js'
import type { EpochMicros } from '../../readings/time.js'
import { ReadingColumns } from './reading-columns.js'
import type { SensorDictionary } from './sensor-dictionary.js'
import { rowsOfWaveform, type WaveformRow } from './waveform-rows.js'

const ROW_OVERHEAD_BYTES = 200

/** What waits for one flush, or is being flushed. */
export class FreightBuffer {
  readonly readings = new ReadingColumns()
  readonly waveforms: WaveformRow[] = []
  readonly waveforms64: WaveformRow[] = []
  readonly events: Happening[] = []
  readonly gaps: Gap[] = []
  /** Waveform blocks, which may each be several rows. */
  private blocks = 0
  private otherBytes = 0
  /** Set once the journal names the parts: from then on only the renames are to be done. */
  committed: readonly PartEntry[] | null = null

  /** Readings and waveform blocks (countOf). */
  get count(): number {
    return this.readings.rows + this.blocks
  }

  get bytes(): number {
    return this.readings.bytes + this.otherBytes
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

  append(freight: Freight, dictionary: SensorDictionary): void {
    switch (freight.kind) {
      case 'batch':
        this.readings.append(freight, dictionary)
        return
      case 'waveform': {
        const sensor = dictionary.numbersOf([freight.sensor])[0] ?? 0
        const rows = rowsOfWaveform(freight, sensor, dictionary.unitOf(sensor))
        const table = rows[0]?.samples instanceof Float64Array ? this.waveforms64 : this.waveforms
        table.push(...rows)
        this.blocks++
        this.otherBytes += freight.samples.byteLength + rows.length * ROW_OVERHEAD_BYTES
        return
      }
      case 'event':
        this.events.push(freight)
        this.otherBytes += ROW_OVERHEAD_BYTES + 2 * freight.text.length
        return
      case 'gap':
        this.gaps.push(freight)
        this.otherBytes += ROW_OVERHEAD_BYTES + 2 * freight.cause.length
    }
  }
}

/** About how much a piece of freight takes, before it is taken. */
export function bytesOf(freight: Freight): number {
  if (freight.kind === 'waveform') return freight.samples.byteLength + ROW_OVERHEAD_BYTES
  if (freight.kind === 'batch') return freight.value.length * 31
  return 2 * ROW_OVERHEAD_BYTES
}
