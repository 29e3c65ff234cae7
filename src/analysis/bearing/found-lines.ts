import type { FoundLine } from './diagnosis.js'
import type { FaultPattern, PatternLine } from './fault-pattern.js'
import type { EnvelopeView } from './fused-evidence.js'
import { lineReach } from './line-evidence.js'

/** A line this far above its noise (e^−7 ≈ 0.001 a bin) is worth showing. */
const SHOWN_RATIO = 7

/** The pattern's lines that stand in at least one view, each from the view that shows it best; strongest first. */
export function foundLines(pattern: FaultPattern, slip: number, views: readonly EnvelopeView[]): FoundLine[] {
  return pattern.lines
    .map((line) => strongest(pattern, line, slip, views))
    .filter((found) => found !== null)
    .sort((a, b) => b.overNoiseDb - a.overNoiseDb)
}

function strongest(pattern: FaultPattern, line: PatternLine, slip: number, views: readonly EnvelopeView[]): FoundLine | null {
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
  return {
    fault: pattern.fault,
    harmonic: line.harmonic,
    sideband: line.sideband === 0 ? null : `${line.sideband > 0 ? '+' : '−'}${Math.abs(line.sideband)}×${pattern.modulatedBy ?? ''}`,
    expectedHz: line.harmonic * pattern.centreHz + modulation,
    frequencyHz: best.bin * best.resolutionHz,
    view: best.view,
    overNoiseDb: 10 * Math.log10(best.ratio),
  }
}
