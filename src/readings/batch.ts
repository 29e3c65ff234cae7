import type { Batch, SensorKey } from './measurement.js'
import { QUALITY } from './quality.js'
import type { EpochMicros } from './time.js'

/** One reading as an object; exists only at the edge. */
export interface Reading {
  readonly sensor: SensorKey
  readonly measuredAt: EpochMicros
  readonly receivedAt: EpochMicros
  readonly value: number
  readonly quality: number
  readonly text: string | null
}

interface Row {
  /** Index into the batch's sensors. */
  readonly sensor: number
  readonly measuredAt: EpochMicros
  readonly value: number
  readonly quality?: number
  readonly text?: string | null
}

/** Columns out of a few rows, for drivers whose devices answer one by one. */
export function batchOf(sensors: readonly SensorKey[], receivedAt: EpochMicros, rows: readonly Row[]): Batch {
  const hasText = rows.some((row) => row.text !== undefined && row.text !== null)
  return {
    kind: 'batch',
    sensors,
    sensor: Uint32Array.from(rows, (row) => row.sensor),
    measuredAt: Float64Array.from(rows, (row) => row.measuredAt),
    receivedAt,
    value: Float64Array.from(rows, (row) => row.value),
    quality: Uint8Array.from(rows, (row) => row.quality ?? QUALITY.good),
    ...(hasText ? { texts: rows.map((row) => row.text ?? null) } : {}),
  }
}

/** The rows of a batch as objects, for the edge only. */
export function* readingsOf(batch: Batch): Generator<Reading> {
  for (let row = 0; row < batch.value.length; row++) {
    yield {
      sensor: batch.sensors[batch.sensor[row] ?? 0] ?? '',
      measuredAt: batch.measuredAt[row] ?? 0,
      receivedAt: batch.receivedAt,
      value: batch.value[row] ?? 0,
      quality: batch.quality[row] ?? QUALITY.undecodable,
      text: batch.texts?.[row] ?? null,
    }
  }
}
