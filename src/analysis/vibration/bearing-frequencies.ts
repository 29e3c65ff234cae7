import type { BearingGeometry } from '../../readings/asset.js'

/** How often each part of a bearing meets a defect, Hz. Outer ring stands, inner ring turns with the shaft. */
export interface BearingFrequencies {
  /** Ball pass frequency of the outer race. */
  readonly bpfo: number
  /** Ball pass frequency of the inner race. */
  readonly bpfi: number
  /** Ball spin frequency: once round of a rolling element. A defect on it strikes both races, so 2·BSF is what mostly shows. */
  readonly bsf: number
  /** Fundamental train frequency: once round of the cage. */
  readonly ftf: number
}

/**
 * Kinematic frequencies under pure rolling. Real bearings slip: lines lie up to a few per cent off.
 *
 * with ρ = d/D·cos α:  FTF = f/2·(1 − ρ),  BPFO = n·FTF,  BPFI = n·f/2·(1 + ρ),  BSF = f·D/(2d)·(1 − ρ²)
 *
 * @param shaftHz rotations per second of the inner ring; 1 gives orders.
 * @see [Randall2011]
 */
export function bearingFrequencies(geometry: BearingGeometry, shaftHz: number): BearingFrequencies {
  const { rollingElements, ballDiameterMm, pitchDiameterMm, contactAngleDeg } = geometry
  const ratio = (ballDiameterMm / pitchDiameterMm) * Math.cos((contactAngleDeg * Math.PI) / 180)
  const ftf = (shaftHz / 2) * (1 - ratio)
  return {
    bpfo: rollingElements * ftf,
    bpfi: ((rollingElements * shaftHz) / 2) * (1 + ratio),
    bsf: ((shaftHz * pitchDiameterMm) / (2 * ballDiameterMm)) * (1 - ratio * ratio),
    ftf,
  }
}
