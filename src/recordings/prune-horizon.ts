import type { PartTable } from '../readings/recording-layout.js'
import type { EpochMicros } from '../readings/time.js'
import { BLOCK_TIME } from './block-time.js'
import { INTERVAL_MICROS } from './rollup-intervals.js'

/** From when on a recording is kept; both begin a UTC day. */
export interface Horizon {
  /** Readings and waveforms from here on; before it their aggregates stand for them. */
  readonly raw: EpochMicros
  /** Everything from here on; −∞ where aggregates, gaps and events are kept for ever. */
  readonly all: EpochMicros
}

/** Whole days only, so that no interval is half aggregate and half reading. */
export function horizonOf(keep: { readonly allMs?: number; readonly rawMs?: number }, now: EpochMicros): Horizon {
  const begin = (ms: number | undefined) =>
    ms === undefined ? Number.NEGATIVE_INFINITY : Math.floor((now - ms * 1000) / INTERVAL_MICROS.days) * INTERVAL_MICROS.days
  const all = begin(keep.allMs)
  return { all, raw: Math.max(all, begin(keep.rawMs)) }
}

export const RAW_TABLES = ['readings', 'waveforms', 'waveforms64'] as const satisfies readonly PartTable[]

export function isRaw(table: PartTable): table is (typeof RAW_TABLES)[number] {
  return (RAW_TABLES as readonly PartTable[]).includes(table)
}

export function horizonOfTable(table: PartTable, horizon: Horizon): EpochMicros {
  return isRaw(table) ? horizon.raw : horizon.all
}

/** The time of a row by which it is kept or not: a block goes as a whole, a gap when it is over. */
export function timeOfRow(table: PartTable): string {
  if (table === 'gaps') return 'to_time'
  return table === 'waveforms' || table === 'waveforms64' ? BLOCK_TIME : 'time'
}
