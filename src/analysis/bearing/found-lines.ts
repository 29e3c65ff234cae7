import type { FoundLine } from './diagnosis.js'
import type { FaultPattern, PatternLine } from './fault-pattern.js'
import type { EnvelopeView } from './fused-evidence.js'
import { lineReach } from './line-evidence.js'

/** A line this far above its noise (e^−7 ≈ 0.001 a bin) is worth showing. */
const SHOWN_RATIO = 7
/** Slip smears a line over some tenths of a percent: what is seen at this distance in two views is one line. */
const SMEARED = 0.005

/** What is looked for, and how far it slips. */
interface Sought {
  readonly pattern: FaultPattern
  readonly slip: number
}

/** The lines of the better of two faults, and those of the other that are not the same: a line is evidence for what explains it better. */
export function linesOfBoth(better: Sought, other: Sought | undefined, views: readonly EnvelopeView[]): FoundLine[] {
  const first = foundLines(better, views, [])
  return other === undefined ? first : [...first, ...foundLines(other, views, first)]
}

/** The pattern's lines that stand in at least one view, each from the view that shows it best; strongest first. */
function foundLines({ pattern, slip }: Sought, views: readonly EnvelopeView[], taken: readonly FoundLine[]): FoundLine[] {
  return pattern.lines
    .map((line) => strongest({ pattern, slip }, line, views, taken))
    .filter((found) => found !== null)
    .sort((a, b) => b.overNoiseDb - a.overNoiseDb)
}

function strongest(
  { pattern, slip }: Sought,
  line: PatternLine,
  views: readonly EnvelopeView[],
  taken: readonly FoundLine[],
): FoundLine | null {
  const modulation = line.sideband * pattern.modulationHz
  const soughtHz = line.harmonic * pattern.centreHz * (1 + slip) + modulation
  let best = { ratio: 0, bin: 0, view: '', resolutionHz: 1 }
  for (const { name, ratios, resolutionHz } of views) {
    const centre = Math.round(soughtHz / resolutionHz)
    const reach = lineReach(centre)
    for (let bin = Math.max(2, centre - reach); bin <= centre + reach && bin < ratios.length; bin++) {
      if (ratios[bin]! > best.ratio) best = { ratio: ratios[bin]!, bin, view: name, resolutionHz }
    }
  }
  if (best.ratio < SHOWN_RATIO) return null
  const frequencyHz = best.bin * best.resolutionHz
  if (taken.some((other) => Math.abs(other.frequencyHz - frequencyHz) <= SMEARED * frequencyHz)) return null
  return {
    fault: pattern.fault,
    harmonic: line.harmonic,
    sideband: line.sideband === 0 ? null : `${line.sideband > 0 ? '+' : '−'}${Math.abs(line.sideband)}×${pattern.modulatedBy ?? ''}`,
    expectedHz: line.harmonic * pattern.centreHz + modulation,
    frequencyHz,
    view: best.view,
    overNoiseDb: 10 * Math.log10(best.ratio),
  }
}
