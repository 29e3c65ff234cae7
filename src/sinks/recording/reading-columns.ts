import type { Batch } from '../../readings/measurement.js'
import { setMicros } from './micros-column.js'
import type { SensorDictionary } from './sensor-dictionary.js'

const FIRST_CAPACITY = 1024
/** time 8, received 8, sensor 4, unit 2, value 8, quality 1. */
export const READING_ROW_BYTES = 31

/** Readings waiting to be written, as columns that grow. */
export class ReadingColumns {
  rows = 0
  time = new Int32Array(2 * FIRST_CAPACITY)
  received = new Int32Array(2 * FIRST_CAPACITY)
  sensor = new Uint32Array(FIRST_CAPACITY)
  unit = new Uint16Array(FIRST_CAPACITY)
  value = new Float64Array(FIRST_CAPACITY)
  quality = new Uint8Array(FIRST_CAPACITY)
  /** Row → text, for the few rows that have one. */
  readonly texts = new Map<number, string>()
  firstTime = Number.POSITIVE_INFINITY
  lastTime = Number.NEGATIVE_INFINITY

  append(batch: Batch, dictionary: SensorDictionary): void {
    const count = batch.value.length
    this.reserve(this.rows + count)
    const numbers = dictionary.numbersOf(batch.sensors)
    for (let i = 0; i < count; i++) {
      const row = this.rows + i
      const at = batch.measuredAt[i] ?? 0
      const sensor = numbers[batch.sensor[i] ?? 0] ?? 0
      setMicros(this.time, row, at)
      setMicros(this.received, row, batch.receivedAt)
      this.sensor[row] = sensor
      this.unit[row] = dictionary.unitOf(sensor)
      if (at < this.firstTime) this.firstTime = at
      if (at > this.lastTime) this.lastTime = at
    }
    this.value.set(batch.value, this.rows)
    this.quality.set(batch.quality, this.rows)
    batch.texts?.forEach((text, i) => {
      if (text !== null) this.texts.set(this.rows + i, text)
    })
    this.rows += count
  }

  private reserve(rows: number): void {
    const capacity = this.value.length
    if (rows <= capacity) return
    const next = Math.max(rows, 2 * capacity)
    this.time = grown(this.time, new Int32Array(2 * next))
    this.received = grown(this.received, new Int32Array(2 * next))
    this.sensor = grown(this.sensor, new Uint32Array(next))
    this.unit = grown(this.unit, new Uint16Array(next))
    this.value = grown(this.value, new Float64Array(next))
    this.quality = grown(this.quality, new Uint8Array(next))
  }
}

function grown<T extends Int32Array | Uint32Array | Uint16Array | Float64Array | Uint8Array>(old: T, larger: T): T {
  larger.set(old)
  return larger
}
