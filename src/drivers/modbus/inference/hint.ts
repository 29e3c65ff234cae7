import type { RegisterTable } from './candidate.js'

/** What an engineer knows of a device beforehand. */
export type Hint =
  | {
      readonly kind: 'value'
      /** Where it stands; null where only the display was read. */
      readonly place: Place | null
      readonly value: number
      /** Decimals that it was given with: it may be off by one in the last. */
      readonly decimals: number
      readonly unit: string | null
    }
  | {
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
export function toleranceOf({ value, decimals }: Extract<Hint, { kind: 'value' }>, spread: number): number {
  return 10 ** -decimals + Math.abs(value) * DRIFT + spread
}

/**
 * The scale at which values in time agree with a value that was read.
 * @returns undefined where there is none.
 */
export function agreeingScale(
  values: readonly number[],
  hint: Extract<Hint, { kind: 'value' }>,
  scales: readonly number[],
): number | undefined {
  const last = values.at(-1)
  if (last === undefined) return undefined
  const spread = Math.max(...values) - Math.min(...values)
  return scales.find((scale) => Math.abs(last * scale - hint.value) <= toleranceOf(hint, spread * scale))
}
