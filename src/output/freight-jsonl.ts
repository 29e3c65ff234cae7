import { readingsOf } from '../readings/batch.js'
import type { Batch, Freight, Gap, Happening, Waveform } from '../readings/measurement.js'
import { isBad, qualityOf } from '../readings/quality.js'
import { formatMicros } from '../readings/time.js'
import type { SensorLookup } from './freight-lines.js'
import { jsonSafe } from './json-safe.js'
import { toldValue } from './told-value.js'
import { rmsOf } from './waveform-rms.js'

export interface JsonlOptions {
  /** `summary` leaves the samples of a waveform out. */
  readonly waveforms: 'summary' | 'samples'
}

/** Freight as JSON objects, one a line: readings as in `read --json`, waveforms, gaps and events under their own name. */
export function freightJsonl(freight: Freight, sensorOf: SensorLookup, options: JsonlOptions): string {
  return freightObjects(freight, sensorOf, options)
    .map((object) => `${jsonSafe(object)}\n`)
    .join('')
}

function freightObjects(freight: Freight, sensorOf: SensorLookup, options: JsonlOptions): readonly object[] {
  switch (freight.kind) {
    case 'batch':
      return readingObjects(freight, sensorOf)
    case 'waveform':
      return [waveformObject(freight, sensorOf, options)]
    case 'gap':
      return [gapObject(freight)]
    case 'event':
      return [eventObject(freight)]
  }
}

function readingObjects(batch: Batch, sensorOf: SensorLookup): readonly object[] {
  return [...readingsOf(batch)].map((reading) => ({
    type: 'reading',
    ...sensorFields(reading.sensor, sensorOf),
    value: toldValue(reading),
    unit: sensorOf(reading.sensor)?.unit ?? null,
    quality: qualityOf(reading.quality),
    measuredAt: formatMicros(reading.measuredAt),
    receivedAt: formatMicros(reading.receivedAt),
  }))
}

function waveformObject(waveform: Waveform, sensorOf: SensorLookup, options: JsonlOptions): object {
  const { samples, sampleRateHz, startedAt, receivedAt, quality } = waveform
  return {
    type: 'waveform',
    ...sensorFields(waveform.sensor, sensorOf),
    waveform: {
      startedAt: formatMicros(startedAt),
      sampleRateHz,
      count: samples.length,
      rms: isBad(quality) || samples.length === 0 ? null : rmsOf(samples),
      ...(options.waveforms === 'samples' ? { samples: Array.from(samples) } : {}),
    },
    unit: sensorOf(waveform.sensor)?.unit ?? null,
    quality: qualityOf(quality),
    measuredAt: formatMicros(startedAt),
    receivedAt: formatMicros(receivedAt),
  }
}

function gapObject({ sensors, from, to, cause, missing }: Gap): object {
  return { type: 'gap', gap: { sensors, from: formatMicros(from), to: formatMicros(to), cause, missing } }
}

/** A connection may carry thousands; an event names some and counts all. */
const SENSORS_NAMED = 16

function eventObject({ at, event, severity, text, sensors }: Happening): object {
  return {
    type: 'event',
    event: { at: formatMicros(at), kind: event, severity, text, sensors: sensors.slice(0, SENSORS_NAMED), sensorCount: sensors.length },
  }
}

function sensorFields(key: string, sensorOf: SensorLookup): { readonly sensor: string; readonly address: string | null } {
  return { sensor: key, address: sensorOf(key)?.address ?? null }
}
