import type { GearStage } from '../../../readings/machine-facts.js'
import { halvedWhile } from '../../orders/halved-rate.js'
import type { Samples } from '../../samples.js'
import { realSpectrum, signalOf } from '../../spectrum/real-spectrum.js'
import { welchDensity } from '../../spectrum/welch.js'
import { nthSmallest } from '../../statistics/nth-smallest.js'
import { isSignificant, lineAt, lineSpectrum } from '../line-spectrum.js'
import type { MachineEvidence } from '../machine-evidence.js'
import type { RuleAnswer } from './rule.js'
import { withoutMeshLines } from './without-mesh-lines.js'

/** Cavities collapse far above the lines of shaft and vanes; the band begins at the greater of these. */
const LOWEST_HZ = 1000
const ABOVE_VANE_PASS = 8
const BANDS = 12
/** Every third quarter of the bands must have risen, or it is a resonance or a line, not a broadband rise. */
const BROAD = 0.75
/** Rise of the noise's power over the baseline: twice is noticed, four times warned of, thirty times (15 dB) a fault. */
const RISE = { note: 2, warning: 4, fault: 30 } as const
/** Without a baseline: the noise carries this share of what is left without the lines of stated gears, and beats this deep at vane pass or 1×. */
const LEAST_SHARE = 0.5
const LEAST_DEPTH = 0.15
/** Single knocks are a bearing's or a gear's. */
const MOST_KURTOSIS = 8
const LONGEST = 2 ** 20

/**
 * Cavitation: random noise at high frequencies rises over a broad band and beats with the vanes.
 * @see [Vibroguard], [Mousmoulis2021], [AlObaidi2020]
 */
export function judgeCavitation(evidence: MachineEvidence): RuleAnswer {
  const { kind, blades } = evidence.machine
  if (kind === undefined) return { notJudged: 'the kind of machine is not stated (a pump?)' }
  if (kind !== 'pump') return null
  const lowHz = Math.max(LOWEST_HZ, ABOVE_VANE_PASS * (blades ?? 1) * evidence.shaftHz)
  const highHz = 0.45 * evidence.sampleRateHz
  if (highHz < 2 * lowHz) {
    return {
      notJudged: `a rate of ${evidence.sampleRateHz} Hz ends below ${(2 * lowHz).toFixed(0)} Hz, where the noise of cavitation is looked for`,
    }
  }
  const [channel] = evidence.channels
  const band = { sampleRateHz: evidence.sampleRateHz, lowHz, highHz }
  const beat = beatOf(channel.samples, { ...band, shaftHz: evidence.shaftHz, blades, gears: evidence.machine.gears ?? [] })
  const words = beat.depth > 0 ? `it beats ${(100 * beat.depth).toFixed(0)} % deep at ${beat.name}` : 'it does not beat with the vanes'
  const common = {
    code: 'cavitation' as const,
    wouldTell: 'suction pressure against what the pump needs (NPSH), and the noise as the flow is throttled',
    log10Chance: beat.log10Chance,
  }
  if (evidence.baseline) {
    const rise = riseOver(channel.samples, evidence.baseline, band)
    if (rise === null) return { notJudged: 'the baseline has another rate or is too short to compare' }
    if (rise.broad < BROAD || rise.median < RISE.note) return null
    return {
      ...common,
      severity: rise.median >= RISE.fault ? 'fault' : rise.median >= RISE.warning ? 'warning' : 'note',
      evidence: `noise from ${lowHz.toFixed(0)} to ${highHz.toFixed(0)} Hz has risen ${(10 * Math.log10(rise.median)).toFixed(1)} dB over the baseline, in ${(100 * rise.broad).toFixed(0)} % of the bands; ${words}: consistent with cavitation`,
      alsoConsistentWith: [
        'turbulence or recirculation',
        'air in the liquid',
        ...(beat.depth > 0 ? [] : ['dry bearings', 'a steam leak or other noise nearby']),
      ],
    }
  }
  if (beat.depth < LEAST_DEPTH || beat.share < LEAST_SHARE || beat.kurtosis > MOST_KURTOSIS) return null
  return {
    ...common,
    severity: 'note',
    evidence: `random noise from ${lowHz.toFixed(0)} to ${highHz.toFixed(0)} Hz carries ${(100 * beat.share).toFixed(0)} % of the power${evidence.machine.gears === undefined ? '' : ' without the lines of the gears'}; ${words}: consistent with cavitation, though without a baseline nobody can say that it has risen`,
    alsoConsistentWith: ['turbulence or recirculation', 'air in the liquid', 'a rub'],
  }
}

interface Band {
  readonly sampleRateHz: number
  readonly lowHz: number
  readonly highHz: number
}

/** How deep the power of the band beats at vane pass or 1×, its share of the whole, and how knocking it is. */
function beatOf(
  samples: Samples,
  options: Band & { readonly shaftHz: number; readonly blades: number | undefined; readonly gears: readonly GearStage[] },
) {
  const { sampleRateHz, lowHz, highHz, shaftHz, blades } = options
  const taken = samples.subarray(0, Math.min(samples.length, LONGEST))
  const spectrum = withoutMeshLines(realSpectrum(taken), options)
  let all = 0
  let inside = 0
  for (let k = 1; k < spectrum.re.length; k++) {
    const power = spectrum.re[k]! ** 2 + spectrum.im[k]! ** 2
    const hz = (k * sampleRateHz) / spectrum.size
    all += power
    if (hz >= lowHz && hz <= highHz) inside += power
    else spectrum.re[k] = spectrum.im[k] = 0
  }
  spectrum.re[0] = spectrum.im[0] = 0
  const squares = signalOf(spectrum).map((value) => value * value)
  const mean = squares.reduce((sum, value) => sum + value, 0) / squares.length
  const kurtosis = squares.reduce((sum, value) => sum + value * value, 0) / squares.length / Math.max(Number.MIN_VALUE, mean * mean)
  const topHz = (blades ?? 1) * shaftHz + 2 * shaftHz
  const slow = halvedWhile({ samples: squares, sampleRateHz }, topHz)
  const beats = lineSpectrum(slow.samples, { rate: slow.sampleRateHz, segmentLength: LONGEST, reach: shaftHz / 2 })
  let best = { depth: 0, name: '', log10Chance: 0 }
  for (const order of blades === undefined || blades === 1 ? [1] : [blades, 1]) {
    const line = lineAt(beats, order * shaftHz, 0.002 * order * shaftHz)
    const depth = isSignificant(line) ? (Math.SQRT2 * line.rms) / mean : 0
    if (depth > best.depth)
      best = { depth, name: order === 1 ? '1×' : 'vane pass', log10Chance: Math.max(-300, line!.logChance / Math.LN10) }
  }
  return { ...best, share: inside / all, kurtosis }
}

/** By how much the noise of each band has risen, by the medians of power densities, which lines do not lift. */
function riseOver(
  samples: Samples,
  baseline: NonNullable<MachineEvidence['baseline']>,
  { sampleRateHz, lowHz, highHz }: Band,
): { readonly median: number; readonly broad: number } | null {
  const segmentLength = 1024
  if (Math.abs(baseline.sampleRateHz / sampleRateHz - 1) > 1e-6 || Math.min(samples.length, baseline.samples.length) < 8 * segmentLength)
    return null
  const now = welchDensity(samples, { sampleRateHz, segmentLength }).density
  const then = welchDensity(baseline.samples, { sampleRateHz, segmentLength }).density
  const first = Math.ceil((lowHz * segmentLength) / sampleRateHz)
  const width = Math.floor(((highHz - lowHz) * segmentLength) / sampleRateHz / BANDS)
  const rises = Array.from({ length: BANDS }, (_, band) => {
    const part = (density: Float64Array) => median(density.slice(first + band * width, first + (band + 1) * width))
    return part(now) / part(then)
  })
  return { median: median(Float64Array.from(rises)), broad: rises.filter((rise) => rise >= RISE.note).length / BANDS }
}

function median(values: Float64Array): number {
  return nthSmallest(values, values.length >> 1)
}
