import type { HalfSpectrum } from '../spectrum/real-spectrum.js'
import type { EvidenceSpectrum } from './comb-search.js'
import { envelopeSpectrum, type FrequencyBand } from './envelope-spectrum.js'
import { lineEvidence } from './line-evidence.js'
import { overNoiseFloor } from './noise-floor.js'

/** One way of looking at the record, and how its envelope lines stand over its noise. */
export interface EnvelopeView {
  readonly name: string
  readonly band: FrequencyBand
  readonly resolutionHz: number
  /** Shape (m,), power over noise floor. */
  readonly ratios: Float64Array
  /** Shape (m,), −ln p of each line; shaft harmonics are silent. */
  readonly evidence: Float64Array
}

export interface FusedEvidence extends EvidenceSpectrum {
  readonly views: readonly EnvelopeView[]
}

/**
 * The votes of several envelope spectra as one evidence per line: the pre-whitened envelope of the whole range, of its four quarters,
 * and of the band that the kurtogram chose. Pre-whitening makes the noise floor of each flat and free of tones, so their evidence has one scale
 * and may be averaged: what only one band shows is diluted, what several show stays.
 *
 * @see [Borghesani2013], [SmithRandall2015] (no single method answers all records; several do)
 */
export function fuseEvidence(
  spectrum: HalfSpectrum,
  options: { readonly sampleRateHz: number; readonly shaftHz: number; readonly maxHz: number; readonly chosen: FrequencyBand },
): FusedEvidence {
  const { sampleRateHz, shaftHz, maxHz, chosen } = options
  const resolutionHz = sampleRateHz / spectrum.size
  const quarter = sampleRateHz / 8
  const bands: (readonly [string, FrequencyBand])[] = [
    ['whole range', { lowHz: 0, highHz: sampleRateHz / 2 }],
    ...[0, 1, 2, 3].map(
      (k) => [`${inKhz(k * quarter)}–${inKhz((k + 1) * quarter)} kHz`, { lowHz: k * quarter, highHz: (k + 1) * quarter }] as const,
    ),
    ['kurtogram band', chosen],
  ]
  const shaftLines = maskOfHarmonics(shaftHz / resolutionHz, Math.floor(maxHz / resolutionHz) + 1)
  const views = bands.map(([name, band]): EnvelopeView => {
    const { power } = envelopeSpectrum(spectrum, { sampleRateHz, band, maxHz, whitening: 'cepstral' })
    const ratios = overNoiseFloor(power, Math.max(16, Math.ceil(shaftHz / resolutionHz)))
    return { name, band, resolutionHz, ratios, evidence: lineEvidence(ratios, shaftLines) }
  })
  return { resolutionHz, evidence: meanOf(views.map(({ evidence }) => evidence)), views }
}

function inKhz(hz: number): number {
  return Number((hz / 1000).toPrecision(3))
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
