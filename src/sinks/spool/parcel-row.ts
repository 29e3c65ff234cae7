import { isBad } from '../../readings/quality.js'
import type { EpochMicros } from '../../readings/time.js'
import type { Parcel, ParcelSensor, SummaryParcel } from './parcel.js'

/** One reading as an object; exists only where it is put into words for a far end. */
export interface ParcelRow {
  readonly sensor: ParcelSensor
  readonly at: EpochMicros
  /** Null where the quality is bad, or there is only a text. */
  readonly value: number | null
  readonly text: string | null
  readonly quality: number
  readonly sequence: number
}

const NOBODY: ParcelSensor = { key: '', unit: null, asset: null }

/** The readings of parcels, in order; a summary is two, samples are none. */
export function* rowsOf(parcels: readonly Parcel[]): Generator<ParcelRow> {
  for (const parcel of parcels) {
    if (parcel.kind === 'waveform') continue
    if (parcel.kind === 'summary') {
      yield* summaryRows(parcel)
      continue
    }
    for (let row = 0; row < parcel.at.length; row++) {
      const quality = parcel.quality[row] ?? 0
      const value = parcel.value[row] ?? Number.NaN
      yield {
        sensor: parcel.sensors[parcel.sensor[row] ?? 0] ?? NOBODY,
        at: parcel.at[row] ?? 0,
        value: isBad(quality) || !Number.isFinite(value) ? null : value,
        text: parcel.texts?.[row] ?? null,
        quality,
        sequence: parcel.sequence[row] ?? 0,
      }
    }
  }
}

function* summaryRows({ sensor, startedAt: at, rms, peak, quality, sequence }: SummaryParcel): Generator<ParcelRow> {
  for (const [name, value] of [
    ['rms', rms],
    ['peak', peak],
  ] as const) {
    const isMissing = isBad(quality) || !Number.isFinite(value)
    yield { sensor: { ...sensor, key: `${sensor.key}/${name}` }, at, value: isMissing ? null : value, text: null, quality, sequence }
  }
}
