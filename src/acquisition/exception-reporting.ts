import type { Batch, Freight, SensorKey } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import type { EpochMicros } from '../readings/time.js'

export interface ExceptionRules {
  /** For sensors that state no deadband of their own: 0 keeps every change; null keeps every reading. */
  readonly deadband: number | null
  /** A reading is kept at the latest after so long, that a quiet sensor can be told from a dead one. */
  readonly atLeastEveryMs: number
}

interface Row {
  readonly measuredAt: EpochMicros
  readonly receivedAt: EpochMicros
  readonly value: number
  readonly quality: number
  readonly text: string | null
}

interface Watched {
  readonly deadband: number
  readonly atLeastEveryMicros: number
  kept: Row | null
  /** The last that was left out. It is kept after all when the next one is kept, so that a step stays a step and not a ramp. */
  waiting: Row | null
}

/**
 * Leaves out readings that say nothing new, as historians do before they store ("exception reporting"): a reading is kept when it is further
 * than the deadband from the last kept one, when quality or text changed, or when enough time has passed; and with it the one before it.
 * Waveforms, gaps and events pass.
 */
export class ExceptionReporting {
  readonly #rules: ExceptionRules
  readonly #own: Map<SensorKey, Sensor>
  readonly #watched = new Map<SensorKey, Watched | null>()
  /** How many readings were left out for good. */
  leftOut = 0

  constructor(sensors: readonly Sensor[], rules: ExceptionRules) {
    this.#rules = rules
    this.#own = new Map(sensors.map((sensor) => [sensor.key, sensor]))
  }

  /** Whether it could leave anything out at all. */
  static concerns(sensors: readonly Sensor[], rules: ExceptionRules): boolean {
    return rules.deadband !== null || sensors.some(({ deadband }) => deadband !== undefined)
  }

  /** Sensors that are new, or state other deadbands. What is held back of them is judged by the new ones. */
  follow(sensors: readonly Sensor[]): void {
    for (const sensor of sensors) {
      this.#own.set(sensor.key, sensor)
      const watched = this.#watched.get(sensor.key)
      this.#watched.delete(sensor.key)
      const anew = this.#watchedOf(sensor.key)
      if (watched && anew) this.#watched.set(sensor.key, { ...anew, kept: watched.kept, waiting: watched.waiting })
      else if (watched?.waiting) this.leftOut++
    }
  }

  pass(freight: Freight): readonly Freight[] {
    if (freight.kind !== 'batch') return [freight]
    const kept: { readonly key: SensorKey; readonly row: Row }[] = []
    for (let i = 0; i < freight.value.length; i++) {
      const key = freight.sensors[freight.sensor[i] ?? -1] ?? ''
      for (const row of this.#judge(key, rowOf(freight, i))) kept.push({ key, row })
    }
    if (kept.length === freight.value.length && kept.every(({ row }) => row.receivedAt === freight.receivedAt)) return [freight]
    return batchesOf(kept)
  }

  /** The last reading of every sensor that is still being held back: a recording ends with what was last seen. */
  rest(): readonly Freight[] {
    const kept: { readonly key: SensorKey; readonly row: Row }[] = []
    for (const [key, watched] of this.#watched) {
      if (!watched?.waiting) continue
      kept.push({ key, row: watched.waiting })
      watched.waiting = null
    }
    return batchesOf(kept)
  }

  #judge(key: SensorKey, row: Row): readonly Row[] {
    const watched = this.#watchedOf(key)
    if (watched === null) return [row]
    const { kept, waiting } = watched
    if (kept !== null && !isNews(kept, row, watched)) {
      if (waiting !== null) this.leftOut++
      watched.waiting = row
      return []
    }
    watched.kept = row
    watched.waiting = null
    return waiting === null ? [row] : [waiting, row]
  }

  /** Null where every reading of it is kept. */
  #watchedOf(key: SensorKey): Watched | null {
    const known = this.#watched.get(key)
    if (known !== undefined) return known
    const sensor = this.#own.get(key)
    const deadband = sensor?.deadband ?? this.#rules.deadband
    const atLeastEveryMs = sensor?.atLeastEveryMs ?? this.#rules.atLeastEveryMs
    const watched = deadband === null ? null : { deadband, atLeastEveryMicros: atLeastEveryMs * 1000, kept: null, waiting: null }
    this.#watched.set(key, watched)
    return watched
  }
}

function isNews(kept: Row, row: Row, { deadband, atLeastEveryMicros }: Watched): boolean {
  if (row.quality !== kept.quality || row.text !== kept.text) return true
  if (row.measuredAt - kept.measuredAt >= atLeastEveryMicros || row.measuredAt < kept.measuredAt) return true
  // Neither of two that are no number is further from the other.
  if (Number.isNaN(row.value) || Number.isNaN(kept.value)) return Number.isNaN(row.value) !== Number.isNaN(kept.value)
  return Math.abs(row.value - kept.value) > deadband
}

function rowOf({ measuredAt, receivedAt, value, quality, texts }: Batch, i: number): Row {
  return {
    measuredAt: measuredAt[i] ?? receivedAt,
    receivedAt,
    value: value[i] ?? Number.NaN,
    quality: quality[i] ?? 0,
    text: texts?.[i] ?? null,
  }
}

/** A batch has one time of receipt: one that was held back comes in a batch of its own, before. */
function batchesOf(rows: readonly { readonly key: SensorKey; readonly row: Row }[]): readonly Batch[] {
  const groups = [...Map.groupBy(rows, ({ row }) => row.receivedAt)].toSorted(([a], [b]) => a - b)
  return groups.map(([receivedAt, group]) => {
    const sensors = [...new Set(group.map(({ key }) => key))]
    const numbers = new Map(sensors.map((key, number) => [key, number]))
    const texts = group.map(({ row }) => row.text)
    return {
      kind: 'batch',
      sensors,
      sensor: Uint32Array.from(group, ({ key }) => numbers.get(key) ?? 0),
      measuredAt: Float64Array.from(group, ({ row }) => row.measuredAt),
      receivedAt,
      value: Float64Array.from(group, ({ row }) => row.value),
      quality: Uint8Array.from(group, ({ row }) => row.quality),
      ...(texts.some((text) => text !== null) ? { texts } : {}),
    }
  })
}
