import type { DuckDBConnection } from '@duckdb/node-api'
import { isBad } from '../readings/quality.js'
import type { EpochMicros } from '../readings/time.js'
import { type BlockOutline, follows } from '../recordings/join-blocks.js'

/** Samples that are read at once. */
const WINDOW_SAMPLES = 4 * 1024 * 1024

/** An unbroken waveform of one sensor, not yet read. */
export interface StretchOutline {
  readonly sensor: string
  readonly unit: string | null
  readonly startedAt: EpochMicros
  readonly sampleRateHz: number
  /** Samples. */
  length: number
  rows: number
  /** Rows of the same time as the first that come before it. */
  readonly skip: number
  /** Of its last row. */
  lastRowAt: EpochMicros
  isDouble: boolean
  /** Times from which about four million samples are read at once, the first row's first. */
  readonly windows: EpochMicros[]
}

export interface Outlines {
  readonly stretches: readonly StretchOutline[]
  /** Blocks that are in no stretch: they have no samples that mean something. */
  readonly badRows: number
  /** Rows of uncertain quality, which are in the stretches like good ones. */
  readonly uncertainRows: number
}

interface Row extends BlockOutline {
  readonly sensor: string
  readonly unit: string | null
  readonly isDouble: boolean
}

/** All rows of waveforms, their samples as they are asked for; the order is total, so that two readings see the same. */
export const ROW_ORDER = 'sensor, time, fragment, sequence, received'

/**
 * Finds the unbroken waveforms among the rows of two SELECTs (float and double blocks), without reading a sample.
 * @param maxSamples  longer ones are cut.
 */
export async function outlineStretches(
  connection: DuckDBConnection,
  tables: { readonly waveforms: string; readonly waveforms64: string },
  maxSamples: number,
): Promise<Outlines> {
  const columns = 'sensor, unit, epoch_us(time)::DOUBLE, sample_rate_hz, sequence::DOUBLE, fragment::DOUBLE, quality, length'
  const rows = [`SELECT *, false AS is_double FROM (${tables.waveforms})`, `SELECT *, true AS is_double FROM (${tables.waveforms64})`]
  const result = await connection.stream(
    `SELECT ${columns}, is_double FROM (${rows.map((select) => `SELECT sensor, unit, time, sample_rate_hz, sequence, fragment, quality, received, len(samples)::DOUBLE AS length, is_double FROM (${select})`).join(' UNION ALL ')}) ORDER BY ${ROW_ORDER}`,
  )
  const joining = new StretchJoin(maxSamples)
  for await (const chunk of result.yieldRows()) {
    for (const [sensor, unit, at, rate, sequence, fragment, quality, length, isDouble] of chunk) {
      joining.add({
        sensor: String(sensor),
        unit: unit === null || unit === undefined ? null : String(unit),
        startedAt: Number(at),
        sampleRateHz: Number(rate),
        sequence: sequence === null ? null : Number(sequence),
        fragment: Number(fragment),
        quality: Number(quality),
        samples: { length: Number(length) },
        isDouble: isDouble === true,
      })
    }
  }
  return joining
}

class StretchJoin implements Outlines {
  readonly stretches: StretchOutline[] = []
  badRows = 0
  uncertainRows = 0
  readonly #maxSamples: number
  #previous: Row | null = null
  #atSameTime = 0
  #lastAt: { readonly sensor: string; readonly at: EpochMicros } | null = null
  #windowSamples = 0

  constructor(maxSamples: number) {
    this.#maxSamples = maxSamples
  }

  add(row: Row): void {
    const isSameTime = this.#lastAt?.sensor === row.sensor && this.#lastAt.at === row.startedAt
    this.#atSameTime = isSameTime ? this.#atSameTime + 1 : 0
    this.#lastAt = { sensor: row.sensor, at: row.startedAt }
    if (isBad(row.quality) || row.samples.length === 0 || !(row.sampleRateHz > 0)) {
      this.badRows++
      this.#previous = null
      return
    }
    if (row.quality > 0) this.uncertainRows++
    const current = this.stretches.at(-1)
    const goesOn = this.#previous !== null && current !== undefined && this.#isNext(row, this.#previous, current)
    this.#previous = row
    if (!goesOn) return this.#begin(row)
    if (this.#windowSamples >= WINDOW_SAMPLES && !isSameTime) {
      current.windows.push(row.startedAt)
      this.#windowSamples = 0
    }
    this.#windowSamples += row.samples.length
    current.length += row.samples.length
    current.rows++
    current.lastRowAt = row.startedAt
    current.isDouble ||= row.isDouble
  }

  #isNext(row: Row, before: Row, current: StretchOutline): boolean {
    const isSame = row.sensor === before.sensor && row.unit === before.unit
    return isSame && current.length + row.samples.length <= this.#maxSamples && follows(row, before)
  }

  #begin(row: Row): void {
    const { sensor, unit, startedAt, sampleRateHz, samples, isDouble } = row
    const windows = [startedAt]
    this.stretches.push({
      sensor,
      unit,
      startedAt,
      sampleRateHz,
      length: samples.length,
      rows: 1,
      skip: this.#atSameTime,
      lastRowAt: startedAt,
      isDouble,
      windows,
    })
    this.#windowSamples = samples.length
  }
}
