import { isSignificant } from '../line-spectrum.js'
import type { ChannelEvidence } from '../machine-evidence.js'
import { pooledLogChance } from '../pooled-lines.js'

/** Multiples of the mesh that are looked at. */
export const MESH_HARMONICS = [1, 2, 3]
/** Amplitude modulation makes both alike, phase modulation beside it shifts some from one to the other; a line that happens to lie there has no partner. */
const LEAST_SYMMETRY = 0.5

/** The first pair of sidebands of a wheel, over those multiples of the mesh where both stand. */
export interface FirstSidebands {
  /** Multiples of the mesh with a pair. */
  readonly harmonics: readonly number[]
  /** RMS of the pairs over that of the mesh lines; sinusoidal modulation of depth m makes m/√2. */
  readonly share: number
  readonly logChance: number
}

/**
 * What sinusoidal modulation leaves: (1 + m·cos θ)·sin zθ has lines of m/2 at z ± 1 and none beyond.
 *
 * @param pattern.centre order of the mesh.
 * @param pattern.spacing rate of the wheel, in orders; `avoid` that of the other, whose sidebands may lie at the same places.
 * @returns null where no pair stands.
 */
export function firstSidebands(
  channel: ChannelEvidence,
  pattern: { readonly centre: number; readonly spacing: number; readonly avoid: number | null },
): FirstSidebands | null {
  const { centre, spacing, avoid } = pattern
  if (avoid !== null && Math.abs(spacing / avoid - Math.round(spacing / avoid)) * avoid <= 3 * channel.orders.step) return null
  const sung = MESH_HARMONICS.map((harmonic) => ({ harmonic, mesh: channel.line(harmonic * centre) })).flatMap(({ harmonic, mesh }) => {
    if (!isSignificant(mesh)) return []
    const pair = [-1, 1].map((side) => channel.line(harmonic * centre + side * spacing)).filter(isSignificant)
    const levels = pair.map(({ rms }) => rms)
    const isPair = pair.length === 2 && Math.min(...levels) >= LEAST_SYMMETRY * Math.max(...levels)
    return [{ harmonic, mesh: mesh.rms, pair: isPair ? pair : [] }]
  })
  const standing = sung.filter(({ pair }) => pair.length > 0)
  if (standing.length === 0) return null
  const lines = standing.flatMap(({ pair }) => pair)
  return {
    harmonics: standing.map(({ harmonic }) => harmonic),
    share: Math.hypot(...lines.map(({ rms }) => rms)) / Math.hypot(...sung.map(({ mesh }) => mesh)),
    logChance: pooledLogChance(lines),
  }
}
