import type { EnvelopeView } from './fused-evidence.js'
import type { JudgedFault } from './judge-fault.js'
import { lineReach } from './line-evidence.js'

/** Power of a line over that of its neighbours from which on it stands by itself: a modulation's sidebands reach at most a quarter of what they belong to. */
const STANDS_BY_ITSELF = 4

/**
 * Whether the outer race's line is but one of the cage's: a cage that strikes once a turn gives every harmonic of FTF about alike, and BPFO is the n-th of
 * them; a defect of the outer race lets BPFO stand over those between, however much the cage modulates it. The view that shows BPFO best decides.
 */
export function isCageTrain(views: readonly EnvelopeView[], found: { readonly cage: JudgedFault; readonly outer: JudgedFault }): boolean {
  const outerHz = found.outer.pattern.centreHz * (1 + found.outer.comb.slip)
  const cageHz = found.cage.pattern.centreHz * (1 + found.cage.comb.slip)
  let outerLine = 0
  let between = 0
  for (const view of views) {
    const line = lineNear(view, outerHz)
    if (line <= outerLine) continue
    outerLine = line
    // The first one is what cages modulate with anyway.
    const lines = found.cage.pattern.lines.filter(({ harmonic }) => harmonic > 1).map(({ harmonic }) => lineNear(view, harmonic * cageHz))
    between = lines.sort((a, b) => a - b)[Math.floor(lines.length / 2)] ?? 0
  }
  return outerLine < STANDS_BY_ITSELF * between
}

function lineNear({ ratios, resolutionHz }: EnvelopeView, hz: number): number {
  const centre = Math.round(hz / resolutionHz)
  const reach = lineReach(centre)
  let strongest = 0
  for (let bin = Math.max(2, centre - reach); bin <= centre + reach && bin < ratios.length; bin++)
    strongest = Math.max(strongest, ratios[bin] ?? 0)
  return strongest
}
