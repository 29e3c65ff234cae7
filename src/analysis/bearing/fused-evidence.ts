import type { EvidenceSpectrum } from './comb-search.js'
import { lineEvidence } from './line-evidence.js'
import type { PreWhitenedView } from './pre-whitened-views.js'

/** One way of looking at the record, and how its envelope lines stand over its noise. */
export interface EnvelopeView extends PreWhitenedView {
  /** Shape (m,), −ln p of each line; shaft harmonics are silent. */
  readonly evidence: Float64Array
}

export interface FusedEvidence extends EvidenceSpectrum {
  readonly views: readonly EnvelopeView[]
}

/**
 * The votes of several envelope spectra as one evidence per line. Pre-whitened, their evidence has one scale and may be averaged: what only one band
 * shows is diluted, what several show stays.
 *
 * @param options.shaftHz whose harmonics say nothing about a bearing.
 * @param options.maxHz lines beyond are left out.
 * @see [Borghesani2013], [SmithRandall2015] (no single method answers all records; several do)
 */
export function fuseEvidence(
  views: readonly PreWhitenedView[],
  { shaftHz, maxHz }: { readonly shaftHz: number; readonly maxHz: number },
): FusedEvidence {
  const resolutionHz = views[0]?.resolutionHz ?? 0
  const bins = Math.floor(maxHz / resolutionHz) + 1
  const shaftLines = maskOfHarmonics(shaftHz / resolutionHz, bins)
  const heard = views.map((view): EnvelopeView => {
    const ratios = view.ratios.subarray(0, bins)
    return { ...view, ratios, evidence: lineEvidence(ratios, shaftLines) }
  })
  return { resolutionHz, evidence: meanOf(heard.map(({ evidence }) => evidence)), views: heard }
}

/** 1 within 2.5 bins of a multiple of the shaft speed. */
function maskOfHarmonics(shaftBins: number, bins: number): Uint8Array {
  const mask = new Uint8Array(bins)
  for (let order = 1; order * shaftBins - 2.5 < bins; order++) {
    const centre = order * shaftBins
    for (let bin = Math.max(0, Math.ceil(centre - 2.5)); bin <= centre + 2.5 && bin < bins; bin++) mask[bin] = 1
  }
  return mask
}

/** Mean of the votes that reach each bin. */
function meanOf(votes: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(Math.max(...votes.map((vote) => vote.length)))
  const heard = new Uint8Array(sum.length)
  for (const vote of votes) {
    for (let bin = 0; bin < vote.length; bin++) {
      sum[bin] = sum[bin]! + vote[bin]!
      heard[bin] = heard[bin]! + 1
    }
  }
  for (let bin = 0; bin < sum.length; bin++) sum[bin] = sum[bin]! / heard[bin]!
  return sum
}
