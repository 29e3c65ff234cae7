/** A value of the same device whose type is settled. */
export interface KnownFloat {
  /** E.g. `holding 100`. */
  readonly place: string
  /** One per sample. */
  readonly values: readonly number[]
}

export interface Scale {
  readonly scale: number
  readonly confidence: number
  readonly ground: string
}

const SCALES = [0.1, 0.01] as const
/** Below this too many values agree by chance. */
const SMALLEST_RAW = 100

/**
 * A scale that a device proves itself: the same value stands elsewhere as a float, and both agree in every sample.
 * @param raw one integer per sample.
 * @returns undefined where there is no such twin; a scale is never guessed from the size of a number alone.
 */
export function findScale(raw: readonly number[], floats: readonly KnownFloat[]): Scale | undefined {
  if (!raw.every((value) => Math.abs(value) >= SMALLEST_RAW)) return undefined
  for (const scale of SCALES) {
    const twin = floats.find(
      ({ values }) => values.length === raw.length && values.every((value, round) => Math.abs(value / scale - (raw[round] ?? 0)) <= 1),
    )
    if (!twin) continue
    const hasMoved = new Set(raw).size > 1
    const ground = `${1 / scale} × ${twin.place} in all ${raw.length} samples${hasMoved ? ', while both moved' : ''}`
    return { scale, confidence: hasMoved ? 0.75 : 0.5, ground }
  }
  return undefined
}
