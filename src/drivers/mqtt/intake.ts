import type { Gap, Measurement, SensorKey, Waveform } from '../../readings/measurement.js'
import type { EpochMicros } from '../../readings/time.js'

/** 13 s at 10,000 readings/s. */
const MAX_ROWS = 131_072
const FIRST_ROWS = 1024
/** 32 MiB of float64. */
const MAX_SAMPLES = 4 << 20
const MAX_BLOCKS = 4096

interface Drops {
  count: number
  from: EpochMicros
  to: EpochMicros
  readonly sensors: Set<number>
}

/**
 * What has come and nobody has fetched yet, as growing columns. Bounded: what does not fit is dropped, counted and told as a Gap.
 */
export class Intake {
  readonly #keys: readonly SensorKey[]
  #rows = 0
  #sensor = new Uint32Array(FIRST_ROWS)
  #measuredAt = new Float64Array(FIRST_ROWS)
  #value = new Float64Array(FIRST_ROWS)
  #quality = new Uint8Array(FIRST_ROWS)
  #texts: (string | null)[] | undefined
  #receivedAt: EpochMicros = 0
  #blocks: (Waveform | Gap)[] = []
  #samples = 0
  #drops: Drops | undefined

  constructor(keys: readonly SensorKey[]) {
    this.#keys = keys
  }

  get isEmpty(): boolean {
    return this.#rows === 0 && this.#blocks.length === 0 && this.#drops === undefined
  }

  /** One reading; positional, because it is called for each of ten thousand a second. */
  reading(sensor: number, measuredAt: EpochMicros, receivedAt: EpochMicros, value: number, quality: number, text: string | null): void {
    const row = this.#rows
    if (row === MAX_ROWS) {
      this.#drop(sensor, measuredAt)
      return
    }
    if (row === this.#value.length) this.#grow()
    this.#sensor[row] = sensor
    this.#measuredAt[row] = measuredAt
    this.#value[row] = value
    this.#quality[row] = quality
    if (text !== null) this.#texts ??= new Array<string | null>(row).fill(null)
    this.#texts?.push(text)
    this.#receivedAt = receivedAt
    this.#rows = row + 1
  }

  waveform(sensor: number, block: Omit<Waveform, 'kind' | 'sensor'>): void {
    if (this.#blocks.length >= MAX_BLOCKS || this.#samples + block.samples.length > MAX_SAMPLES) {
      this.#drop(sensor, block.startedAt)
      return
    }
    this.#samples += block.samples.length
    this.#blocks.push({ kind: 'waveform', sensor: this.#keys[sensor] ?? '', ...block })
  }

  gap(sensor: number, gap: Omit<Gap, 'kind' | 'sensors'>): void {
    if (this.#blocks.length < MAX_BLOCKS) this.#blocks.push({ kind: 'gap', sensors: [this.#keys[sensor] ?? ''], ...gap })
  }

  /** Everything so far, in the order readings, blocks, gap; empties the intake. */
  take(): readonly Measurement[] {
    const taken: Measurement[] = []
    const rows = this.#rows
    if (rows > 0) {
      taken.push({
        kind: 'batch',
        sensors: this.#keys,
        sensor: this.#sensor.slice(0, rows),
        measuredAt: this.#measuredAt.slice(0, rows),
        receivedAt: this.#receivedAt,
        value: this.#value.slice(0, rows),
        quality: this.#quality.slice(0, rows),
        ...(this.#texts ? { texts: this.#texts } : {}),
      })
    }
    taken.push(...this.#blocks)
    if (this.#drops) taken.push(this.#gapOf(this.#drops))
    this.#rows = 0
    this.#texts = undefined
    this.#blocks = []
    this.#samples = 0
    this.#drops = undefined
    return taken
  }

  #gapOf({ count, from, to, sensors }: Drops): Gap {
    const cause = 'dropped: values came faster than they were taken'
    return { kind: 'gap', sensors: [...sensors].map((index) => this.#keys[index] ?? ''), from, to, cause, missing: count }
  }

  #drop(sensor: number, at: EpochMicros): void {
    this.#drops ??= { count: 0, from: at, to: at, sensors: new Set() }
    this.#drops.count++
    this.#drops.from = Math.min(this.#drops.from, at)
    this.#drops.to = Math.max(this.#drops.to, at)
    this.#drops.sensors.add(sensor)
  }

  #grow(): void {
    const length = this.#value.length * 2
    this.#sensor = grown(this.#sensor, new Uint32Array(length))
    this.#measuredAt = grown(this.#measuredAt, new Float64Array(length))
    this.#value = grown(this.#value, new Float64Array(length))
    this.#quality = grown(this.#quality, new Uint8Array(length))
  }
}

function grown<T extends Uint32Array | Float64Array | Uint8Array>(old: T, larger: T): T {
  larger.set(old)
  return larger
}
