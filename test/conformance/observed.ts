import type { Freight, SensorKey } from '../../src/readings/measurement.js'
import { isBad, isGood } from '../../src/readings/quality.js'
import type { EpochMicros } from '../../src/readings/time.js'

/** All that a test saw of one sensor. */
export interface Observed {
  readonly times: EpochMicros[]
  good: number
  bad: number
}

/** Collects measurements by sensor, readings and waveform blocks alike. */
export function observe(seen: Map<SensorKey, Observed>, measurement: Freight): void {
  const of = (key: SensorKey): Observed => {
    const known = seen.get(key) ?? { times: [], good: 0, bad: 0 }
    seen.set(key, known)
    return known
  }
  const add = (key: SensorKey, at: EpochMicros, quality: number): void => {
    const sensor = of(key)
    sensor.times.push(at)
    if (isGood(quality)) sensor.good++
    if (isBad(quality)) sensor.bad++
  }
  switch (measurement.kind) {
    case 'batch':
      for (let row = 0; row < measurement.value.length; row++) {
        const key = measurement.sensors[measurement.sensor[row] ?? -1]
        if (key === undefined) throw new RangeError(`row ${row} points at no sensor of its batch`)
        add(key, measurement.measuredAt[row] ?? Number.NaN, measurement.quality[row] ?? Number.NaN)
      }
      return
    case 'waveform':
      add(measurement.sensor, measurement.startedAt, measurement.quality)
      return
    case 'gap':
    case 'event':
      return
  }
}
