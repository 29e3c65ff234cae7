import type { BearingGeometry } from '../../../readings/asset.js'
import type { BearingRow } from './bearing-row.js'

const MM_PER_INCH = 25.4

/**
 * A catalogue row as a geometry. Where the source gives factors, the geometry is the one bearing that has them, its pitch diameter taken as 1: the
 * kinematics know lengths only by their ratio.
 *
 * With n = BPFO + BPFI and ρ = (BPFI − BPFO)/n = d/D·cos α:  D/d = 2·BSF/(1 − ρ²),  cos α = ρ·D/d
 *
 * @see [Randall2011]
 */
export function geometryOfRow({ designation, maker, numbers }: BearingRow): BearingGeometry {
  const name = `${maker} ${designation}`
  if (numbers.given === 'dimensions') {
    const scale = numbers.unit === 'in' ? MM_PER_INCH : 1
    return {
      name,
      rollingElements: numbers.rollingElements,
      ballDiameterMm: numbers.rollingElementDiameter * scale,
      pitchDiameterMm: numbers.pitchDiameter * scale,
      contactAngleDeg: numbers.contactAngleDeg,
    }
  }
  const { bpfo, bpfi, bsf } = numbers
  const rollingElements = Math.round(bpfo + bpfi)
  const ratio = (bpfi - bpfo) / (bpfi + bpfo)
  const pitchOverBall = (2 * bsf) / (1 - ratio * ratio)
  return {
    name,
    rollingElements,
    ballDiameterMm: 1 / pitchOverBall,
    pitchDiameterMm: 1,
    contactAngleDeg: (Math.acos(Math.min(1, ratio * pitchOverBall)) * 180) / Math.PI,
  }
}
