import type { Batch } from '../../readings/measurement.js'
import { isBad } from '../../readings/quality.js'
import { setMicros } from './micros-column.js'
import type { SensorDictionary } from './sensor-dictionary.js'

const FIRST_CAPACITY = 1024
/** time 8, received 8, sensor 4, unit 2, value 8, quality 1. */
export const READING_ROW_BYTES = 31

/** Readings waiting to be written, as columns that grow and are used again. */
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
  /** What most flushes do not have costs them nothing. */
  has = { uncertain: false, bad: false, noUnit: false }
  firstTime = Number.POSITIVE_INFINITY
  lastTime = Number.NEGATIVE_INFINITY

  append(batch: Batch, dictionary: SensorDictionary): void {
    const count = batch.value.length
    this.reserve(this.rows + count)
    this.appendSensors(batch, dictionary)
    this.appendTimes(batch)
    this.value.set(batch.value, this.rows)
    this.quality.set(batch.quality, this.rows)
    for (let i = 0; i < count; i++) {
      const quality = batch.quality[i] ?? 0
      if (quality === 0) continue
      this.has.uncertain = true
      this.has.bad ||= isBad(quality)
    }
    batch.texts?.forEach((text, i) => {
      if (text !== null) this.texts.set(this.rows + i, text)
    })
    this.rows += count
  }

  /** Empties it; the memory stays. */
  clear(): void {
    this.rows = 0
    this.texts.clear()
    this.has = { uncertain: false, bad: false, noUnit: false }
    this.firstTime = Number.POSITIVE_INFINITY
    this.lastTime = Number.NEGATIVE_INFINITY
  }

  private appendSensors(batch: Batch, dictionary: SensorDictionary): void {
    const { rows, sensor, unit } = this
    const { sensors, units } = dictionary.numbersOf(batch.sensors)
    let hasNoUnit = false
    for (let i = 0; i < batch.value.length; i++) {
      const column = batch.sensor[i] ?? 0
      const unitNumber = units[column] ?? 0
      sensor[rows + i] = sensors[column] ?? 0
      unit[rows + i] = unitNumber
      hasNoUnit ||= unitNumber === 0
    }
    this.has.noUnit ||= hasNoUnit
  }

  private appendTimes({ measuredAt, receivedAt, value }: Batch): void {
    const { rows, time, received } = this
    let { firstTime, lastTime } = this
    for (let i = 0; i < value.length; i++) {
      const at = measuredAt[i] ?? 0
      setMicros(time, rows + i, at)
      setMicros(received, rows + i, receivedAt)
      if (at < firstTime) firstTime = at
      if (at > lastTime) lastTime = at
    }
    this.firstTime = firstTime
    this.lastTime = lastTime
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
