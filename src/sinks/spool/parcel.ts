import type { EpochMicros } from '../../readings/time.js'

/** A sensor as remote ends get to know it. */
export interface ParcelSensor {
  readonly key: string
  readonly unit: string | null
  readonly asset: string | null
}

/** Readings on their way to a far end, as columns of length n. Each is known by sensor, time and sequence, wherever it is sent again. */
export interface ReadingParcel {
  readonly kind: 'readings'
  /** Which run they belong to; a spool may hold what earlier ones left. */
  readonly run: string
  readonly sensors: readonly ParcelSensor[]
  /** Index into `sensors`. */
  readonly sensor: Uint32Array
  /** EpochMicros, as measured. */
  readonly at: Float64Array
  readonly value: Float64Array
  readonly quality: Uint8Array
  /** 0, 1, 2… among readings of the same sensor at the same time. */
  readonly sequence: Uint32Array
  readonly texts: readonly (string | null)[] | null
}

/** A waveform block on its way to a far end that takes such. */
export interface WaveformParcel {
  readonly kind: 'waveform'
  readonly run: string
  readonly sensor: ParcelSensor
  readonly startedAt: EpochMicros
  readonly sampleRateHz: number
  readonly samples: Float32Array | Float64Array
  readonly quality: number
  readonly sequence: number
}

/** What is told of a waveform block where its samples are not taken. */
export interface SummaryParcel {
  readonly kind: 'summary'
  readonly run: string
  readonly sensor: ParcelSensor
  readonly startedAt: EpochMicros
  /** Of the whole block, mean included; in the sensor's unit. */
  readonly rms: number
  /** The largest absolute value. */
  readonly peak: number
  readonly quality: number
  readonly sequence: number
}

export type Parcel = ReadingParcel | WaveformParcel | SummaryParcel

/** What waits under one name: how much, and of what time. */
export interface Extent {
  readonly count: number
  readonly from: EpochMicros
  readonly to: EpochMicros
}

/** Readings or waveform blocks, as the tally counts them. */
export function extentOfParcel(parcel: Parcel): Extent {
  if (parcel.kind === 'summary') return { count: 1, from: parcel.startedAt, to: parcel.startedAt }
  if (parcel.kind === 'waveform') {
    const to = parcel.startedAt + Math.round((parcel.samples.length / parcel.sampleRateHz) * 1e6)
    return { count: 1, from: parcel.startedAt, to }
  }
  const extent = { count: parcel.at.length, from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY }
  for (const at of parcel.at) {
    if (at < extent.from) extent.from = at
    if (at > extent.to) extent.to = at
  }
  return extent
}

/** Two stretches as one. */
export function joinExtents(a: Extent | undefined, b: Extent): Extent {
  return a === undefined ? b : { count: a.count + b.count, from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) }
}

/** Rows from `from` up to, not including, `to`. */
export function sliceReadings(parcel: ReadingParcel, from: number, to: number): ReadingParcel {
  return {
    ...parcel,
    sensor: parcel.sensor.subarray(from, to),
    at: parcel.at.subarray(from, to),
    value: parcel.value.subarray(from, to),
    quality: parcel.quality.subarray(from, to),
    sequence: parcel.sequence.subarray(from, to),
    texts: parcel.texts?.slice(from, to) ?? null,
  }
}
