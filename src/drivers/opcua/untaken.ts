import { countOf, type Gap, type Measurement, type SensorKey } from '../../readings/measurement.js'
import type { EpochMicros } from '../../readings/time.js'

/** What came and could not be handed over before the end, as one counted gap; null where there is nothing. */
export function gapOfUntaken(rest: readonly Measurement[], now: EpochMicros): Gap | null {
  if (rest.length === 0) return null
  const sensors = new Set<SensorKey>()
  let from = now
  let missing = 0
  for (const measurement of rest) {
    missing += measurement.kind === 'gap' ? (measurement.missing ?? 0) : countOf(measurement)
    from = Math.min(from, beginOf(measurement))
    for (const key of measurement.kind === 'waveform' ? [measurement.sensor] : measurement.sensors) sensors.add(key)
  }
  const cause = 'the run ended before what had come was taken'
  return { kind: 'gap', sensors: [...sensors], from, to: now, cause, missing }
}

function beginOf(measurement: Measurement): EpochMicros {
  switch (measurement.kind) {
    case 'batch':
      return measurement.receivedAt
    case 'waveform':
      return measurement.startedAt
    case 'gap':
      return measurement.from
  }
}
