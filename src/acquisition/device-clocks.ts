import type { Batch, Freight, Happening, SensorKey, Waveform } from '../readings/measurement.js'
import type { EpochMicros } from '../readings/time.js'

/** Beyond this a device's times and ours do not fit together (quality `clock-unsynced` begins there too). */
const NOTABLE_MICROS = 2_000_000
/** So many readings must have come before the smallest delay is taken for the offset: the first may be old ones, retained or buffered. */
const ENOUGH = 3
/** The estimate follows a device whose clock is set: after so long and so many readings it begins anew. */
const WINDOW_MICROS = 60_000_000
const WINDOW_READINGS = 16

interface Estimate {
  windowFrom: EpochMicros
  count: number
  smallestMicros: number
  /** The last reading's own time and value. */
  stamp: EpochMicros
  value: number
  /** What was last said of it; 0 before. */
  toldMicros: number
}

/**
 * Estimates how far the clocks of devices that stamp their own readings are from ours, by sensor: behind one broker sit many devices.
 *
 * received − measured is the offset plus a delay that is never negative, so the smallest of many is the best estimate: an upper bound of
 * the offset, close to it where messages travel fast. A reading that is read again says nothing new: a server keeps the stamp of a value
 * for as long as the value stands.
 */
export class DeviceClocks {
  readonly #estimates = new Map<SensorKey, Estimate>()

  /** @returns events where a device's clock is found to be off by more than two seconds, or has changed by as much. */
  hear(freight: Freight): readonly Happening[] {
    const delays = freight.kind === 'batch' ? delaysOf(freight) : freight.kind === 'waveform' ? delayOf(freight) : []
    const news: { readonly key: SensorKey; readonly micros: number }[] = []
    for (const stamped of delays) {
      const { key } = stamped
      const estimate = this.#updated(stamped, (freight as Batch | Waveform).receivedAt)
      if (estimate === undefined || estimate.count < ENOUGH || Math.abs(estimate.smallestMicros - estimate.toldMicros) <= NOTABLE_MICROS)
        continue
      estimate.toldMicros = estimate.smallestMicros
      news.push({ key, micros: estimate.smallestMicros })
    }
    // Sensors of one device are off by the same.
    const byText = Map.groupBy(news, ({ micros }) => textOf(micros))
    return [...byText].map(([text, sensors]) => ({
      kind: 'event',
      at: (freight as Batch | Waveform).receivedAt,
      event: 'clock',
      severity: Math.abs(sensors[0]?.micros ?? 0) > NOTABLE_MICROS ? 'warning' : 'note',
      text,
      sensors: sensors.map(({ key }) => key),
    }))
  }

  /** Sensor → offset in milliseconds, positive where the device is behind us; only sensors whose devices stamp their readings. */
  offsetsMs(): ReadonlyMap<SensorKey, number> {
    const known = [...this.#estimates].filter(([, { count }]) => count >= ENOUGH)
    return new Map(known.map(([key, { smallestMicros }]) => [key, smallestMicros / 1000]))
  }

  /** Undefined where it was known already. */
  #updated({ key, micros, stamp, value }: Stamped, at: EpochMicros): Estimate | undefined {
    let estimate = this.#estimates.get(key)
    if (estimate !== undefined && estimate.stamp === stamp && Object.is(estimate.value, value)) return undefined
    const isOver = estimate !== undefined && Math.abs(at - estimate.windowFrom) > WINDOW_MICROS && estimate.count >= WINDOW_READINGS
    if (estimate === undefined || isOver) {
      estimate = { windowFrom: at, count: 0, smallestMicros: Number.POSITIVE_INFINITY, stamp, value, toldMicros: estimate?.toldMicros ?? 0 }
      this.#estimates.set(key, estimate)
    }
    estimate.count++
    estimate.stamp = stamp
    estimate.value = value
    estimate.smallestMicros = Math.min(estimate.smallestMicros, micros)
    return estimate
  }
}

interface Stamped {
  readonly key: SensorKey
  /** Received − measured. */
  readonly micros: number
  readonly stamp: EpochMicros
  readonly value: number
}

/** Only readings that a device stamped itself: those whose time is not that of receipt. */
function* delaysOf({ sensors, sensor, measuredAt, receivedAt, value }: Batch): Generator<Stamped> {
  for (let row = 0; row < measuredAt.length; row++) {
    const at = measuredAt[row] ?? receivedAt
    const key = sensors[sensor[row] ?? -1]
    if (at !== receivedAt && key !== undefined) yield { key, micros: receivedAt - at, stamp: at, value: value[row] ?? Number.NaN }
  }
}

function* delayOf({ sensor, startedAt, receivedAt, samples, sampleRateHz }: Waveform): Generator<Stamped> {
  if (startedAt === receivedAt) return
  yield { key: sensor, micros: receivedAt - (startedAt + (samples.length / sampleRateHz) * 1e6), stamp: startedAt, value: Number.NaN }
}

function textOf(offsetMicros: number): string {
  if (Math.abs(offsetMicros) <= NOTABLE_MICROS) return 'the device’s clock agrees with this machine’s again'
  const side = offsetMicros > 0 ? 'behind' : 'ahead of'
  return `the device’s clock is ${(Math.abs(offsetMicros) / 1e6).toFixed(0)} s ${side} this machine’s (or its readings come that late)`
}
