import { MAINS_HZ } from '../mains.js'
import type { JudgedFault } from './judge-fault.js'

/** Grids keep their frequency within this share. */
const MAINS_TOLERANCE = 0.0005

/**
 * The mains frequency of which a found pattern's own frequency is a multiple, to within a line's width: converters, rectifiers and
 * welding knock at such rates, and no envelope tells them from a race. Null where it is none.
 */
export function mainsBehind({ pattern, comb }: JudgedFault, resolutionHz: number): number | null {
  const foundHz = pattern.centreHz * (1 + comb.slip)
  return (
    MAINS_HZ.find((mains) => {
      const multiple = Math.round(foundHz / mains)
      return multiple > 0 && Math.abs(foundHz - multiple * mains) <= Math.max(MAINS_TOLERANCE * foundHz, resolutionHz)
    }) ?? null
  )
}
