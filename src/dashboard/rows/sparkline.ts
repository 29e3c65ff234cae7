import type { EnvelopeRing } from '../history/envelope-ring.js'
import { FINEST_STEP_MS } from '../history/sensor-history.js'

const BLOCKS = '▁▂▃▄▅▆▇█'
const FLAT = '▄'

export interface SparklineOptions {
  readonly columns: number
  /** Slot of the right edge (envelope-ring.ts). */
  readonly untilSlot: number
  /** Slots that one column stands for. */
  readonly slotsPerColumn: number
}

/**
 * The means of the recent past as blocks, scaled to their own lowest and highest. Columns without a value stay blank. The grid
 * is fixed in time, so the line moves once per column and not with every reading.
 */
export function sparkline(trend: EnvelopeRing, options: SparklineOptions): string {
  const { columns, slotsPerColumn } = options
  const end = Math.floor(options.untilSlot / slotsPerColumn)
  const means: number[] = []
  for (let column = end - columns; column < end; column++) means.push(meanOf(trend, column * slotsPerColumn, slotsPerColumn))
  const known = means.filter((mean) => !Number.isNaN(mean))
  const low = Math.min(...known)
  const span = Math.max(...known) - low
  return means.map((mean) => blockFor(mean, low, span)).join('')
}

/** One column holds at least one reading of a sensor with this period, and at least a second. */
export function slotsPerColumnFor(periodMs: number): number {
  return Math.max(1, Math.ceil(Math.max(1000, periodMs * 1.5) / FINEST_STEP_MS))
}

function blockFor(mean: number, low: number, span: number): string {
  if (Number.isNaN(mean)) return ' '
  // Rounding noise of float32 is no movement.
  if (span <= Math.abs(low) * 1e-6) return FLAT
  return BLOCKS[Math.min(BLOCKS.length - 1, Math.floor(((mean - low) / span) * BLOCKS.length))] ?? FLAT
}

function meanOf(trend: EnvelopeRing, firstSlot: number, slots: number): number {
  let sum = 0
  let count = 0
  for (let slot = firstSlot; slot < firstSlot + slots; slot++) {
    const mean = trend.mean(slot)
    if (Number.isNaN(mean)) continue
    sum += mean
    count++
  }
  return count === 0 ? Number.NaN : sum / count
}
