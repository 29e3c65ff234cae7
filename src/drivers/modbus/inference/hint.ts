import type { RegisterTable } from './candidate.js'
import { seenOf } from './not-available.js'

/** What an engineer knows of a device beforehand. */
export type Hint = ValueHint | ScaleHint

export interface ValueHint {
  readonly kind: 'value'
  /** Where it stands; null where only the display was read. */
  readonly place: Place | null
  readonly value: number
  /** Decimals that it was given with: it may be off by one in the last. */
  readonly decimals: number
  readonly unit: string | null
}

export interface ScaleHint {
  readonly kind: 'scale'
  /** Where the scale holds; null for all whole numbers whose scale nothing else shows. */
  readonly place: Place | null
  readonly scale: number
}

export interface Place {
  readonly table: RegisterTable
  /** PDU address, from 0. */
  readonly register: number
}

/** Scales that makers use for whole numbers, the commonest first. */
export const SCALES = [1, 0.1, 0.01, 0.001, 10, 100] as const
/** A display and a register are not read at the same moment. */
const DRIFT = 0.002

/** How far a value may be off and still be what was read on a display. */
export function toleranceOf({ value, decimals }: ValueHint, spread: number): number {
  return 10 ** -decimals + Math.abs(value) * DRIFT + spread
}

/**
 * The scale at which values in time agree with a value that was read.
 * @returns undefined where there is none.
 */
export function agreeingScale(values: readonly number[], hint: ValueHint, scales: readonly number[]): number | undefined {
  const seen = seenOf(values)
  const last = seen.at(-1)
  if (last === undefined) return undefined
  const spread = Math.max(...seen) - Math.min(...seen)
  return scales.find((scale) => Math.abs(last * scale - hint.value) <= toleranceOf(hint, spread * scale))
}

/** As somebody might have written it, e.g. `holding/10=23.4 °C`. */
export function describeHint(hint: Hint): string {
  const place = hint.place ? `${hint.place.table}/${hint.place.register}=` : ''
  if (hint.kind === 'scale') return hint.place ? `${place}x${hint.scale}` : `scale=${hint.scale}`
  return `${place === '' ? 'reads ' : place}${hint.value.toFixed(hint.decimals)}${hint.unit ? ` ${hint.unit}` : ''}`
}
