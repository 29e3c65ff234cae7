import type { Batch, Waveform } from '../../readings/measurement.js'
import { isBad } from '../../readings/quality.js'
import type { Sensor } from '../../readings/sensor.js'
import type { EpochMicros } from '../../readings/time.js'
import { DropLedger } from '../spool/drop-ledger.js'
import type { MetricFamily, Sample } from './exposition.js'

interface Latest {
  readonly value: number
  readonly quality: number
  readonly at: EpochMicros
  /** On the monotonic clock, ms. */
  readonly heardAtMs: number
  isScraped: boolean
}

type Labels = Readonly<Record<'sensor' | 'unit' | 'asset' | 'kind', string | null>>

/** Sensors that nobody announced are watched up to so many; a device must not fill the memory of a time series database. */
const MAX_SENSORS = 100_000
const OVERTAKEN = 'a newer value came before it was asked for'
const NEVER_ASKED = 'nobody asked for it before the end'
const TOO_MANY = `more than ${MAX_SENSORS} sensors`

/** The latest of each sensor, and the account of what became of the others. */
export class LatestValues {
  readonly drops = new DropLedger()
  readonly #labels = new Map<string, Labels>()
  readonly #latest = new Map<string, Latest>()
  readonly #taken = new Map<string, number>()
  #stored = 0

  constructor(sensors: readonly Sensor[]) {
    this.describe(sensors)
  }

  /** More sensors, or the same anew. */
  describe(sensors: readonly Sensor[]): void {
    for (const { key, unit, asset = null, kind } of sensors) this.#labels.set(key, { sensor: key, unit, asset, kind })
  }

  get stored(): number {
    return this.#stored
  }

  /** Not asked for yet. */
  get buffered(): number {
    return [...this.#latest.values()].reduce((count, { isScraped }) => count + (isScraped ? 0 : 1), 0)
  }

  takeBatch({ sensors, sensor, measuredAt, value, quality }: Batch, heardAtMs: number): void {
    for (let row = 0; row < value.length; row++) {
      const key = sensors[sensor[row] ?? 0] ?? ''
      this.#set(key, { value: value[row] ?? Number.NaN, quality: quality[row] ?? 0, at: measuredAt[row] ?? 0, heardAtMs, isScraped: false })
    }
  }

  takeWaveform({ startedAt, receivedAt }: Waveform, cause: string): void {
    this.drops.add({ count: 1, from: startedAt, to: Math.max(startedAt, receivedAt), cause })
  }

  /** What is told now; from here on it counts as delivered. */
  scrape(nowMs: number, staleMs: number): readonly MetricFamily[] {
    const values: Sample[] = []
    const qualities: Sample[] = []
    const times: Sample[] = []
    for (const [key, latest] of this.#latest) {
      if (nowMs - latest.heardAtMs > staleMs) continue
      const labels = this.#labels.get(key) ?? { sensor: key, unit: null, asset: null, kind: null }
      if (!latest.isScraped) this.#stored++
      latest.isScraped = true
      qualities.push({ labels: { sensor: key }, value: latest.quality })
      times.push({ labels: { sensor: key }, value: latest.at / 1e6 })
      if (!isBad(latest.quality) && Number.isFinite(latest.value)) values.push({ labels, value: latest.value })
    }
    const counts = [...this.#taken].map(([sensor, value]) => ({ labels: { sensor }, value }))
    return [
      { name: 'chatterfix_reading', help: 'Latest value of a sensor, in the unit of its label.', type: 'gauge', samples: values },
      { name: 'chatterfix_reading_quality', help: '0 good, 1-127 uncertain, 128-255 bad.', type: 'gauge', samples: qualities },
      { name: 'chatterfix_reading_timestamp_seconds', help: 'When the latest value was measured.', type: 'gauge', samples: times },
      { name: 'chatterfix_readings_total', help: 'Readings taken since the start.', type: 'counter', samples: counts },
    ]
  }

  /** What nobody will ask for any more. */
  end(): void {
    for (const latest of this.#latest.values()) if (!latest.isScraped) this.#drop(latest, NEVER_ASKED)
    this.#latest.clear()
  }

  #set(key: string, latest: Latest): void {
    const before = this.#latest.get(key)
    if (before === undefined && this.#latest.size >= MAX_SENSORS) {
      this.#drop(latest, TOO_MANY)
      return
    }
    if (before && !before.isScraped) this.#drop(before, OVERTAKEN)
    this.#latest.set(key, latest)
    this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1)
  }

  #drop({ at }: Latest, cause: string): void {
    this.drops.add({ count: 1, from: at, to: at, cause })
  }
}
