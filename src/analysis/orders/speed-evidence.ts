import type { Samples } from '../samples.js'
import { overNoiseFloor } from '../spectrum/over-noise-floor.js'
import { planRealTransform } from '../spectrum/real-spectrum.js'
import { windowOf } from '../spectrum/window.js'

/** How well each speed explains each short stretch of a record. */
export interface SpeedEvidence {
  readonly lowHz: number
  readonly stepHz: number
  /** Shape (frames,): middle of each stretch, seconds. */
  readonly timeS: Float64Array
  /** One row a stretch, one value a speed: mean over the orders of ln(1 + line/floor). */
  readonly rows: readonly Float64Array[]
  /** Length of a stretch, seconds. */
  readonly windowS: number
}

/** Weaker than this share of the power of a stretch's strongest line is taken for leakage of its window. */
const DYNAMIC_RANGE = 1e-4
/** A line says no more than this, so one strong tone does not outvote a family. */
const MOST_PER_LINE = 8

/**
 * Every candidate speed f is scored in every stretch by the lines at its orders.
 *
 * L(f) = mean over orders o with o·f below Nyquist of min(8, ln(1 + P(o·f)/floor(o·f)))
 *
 * @param samples shape (n,), unit u.
 * @param options.windowS length of a stretch; longer is sharper and needs a steadier speed.
 * @see [Leclere2016] (the multi-order probabilistic approach; here the evidence of the orders is averaged, not multiplied)
 */
export function speedEvidence(
  samples: Samples,
  options: {
    readonly sampleRateHz: number
    readonly lowHz: number
    readonly highHz: number
    readonly orders: readonly number[]
    readonly windowS: number
    /** Multiples of these are electricity and say nothing of a shaft. */
    readonly mainsHz: readonly number[]
    /** Changes of speed within a stretch that are tried, as a share of it; each stretch is stretched and squeezed accordingly. */
    readonly changes: readonly number[]
  },
): SpeedEvidence {
  const { sampleRateHz, lowHz, highHz, orders } = options
  const size = Math.min(samples.length, 2 * Math.round((options.windowS * sampleRateHz) / 2))
  // Twice the bins, so no line falls between two.
  const padded = 2 ** Math.ceil(Math.log2(2 * size))
  const hop = Math.max(1, Math.floor(size / 4))
  const frames = Math.floor((samples.length - size) / hop) + 1
  const plan = planRealTransform(padded)
  const weights = windowOf('hann', size)
  const stepHz = sampleRateHz / (2 * size * Math.max(...orders))
  const speeds = Math.max(1, Math.floor((highHz - lowHz) / stepHz) + 1)
  const buffer = new Float64Array(padded)
  const reach = Math.max(16, Math.round((lowHz * padded) / sampleRateHz))
  const binsPerHz = padded / sampleRateHz
  const scoresOf = (segment: Float64Array) => {
    const mean = segment.reduce((sum, value) => sum + value, 0) / size
    for (let k = 0; k < size; k++) buffer[k] = (segment[k]! - mean) * weights[k]!
    const { re, im } = plan.of(buffer)
    const power = re.map((part, k) => part * part + im[k]! * im[k]!)
    const least = DYNAMIC_RANGE * power.reduce((most, value) => Math.max(most, value), 0)
    const ratios = overNoiseFloor(
      power.map((value) => value + least),
      reach,
    )
    const evidence = ratios.map((ratio) => Math.min(MOST_PER_LINE, Math.log1p(ratio)))
    silence(evidence, { mainsHz: options.mainsHz, binsPerHz, halfWidth: (LOBE * padded) / size })
    return scoreSpeeds(evidence, { speeds, lowHz, stepHz, orders, binsPerHz })
  }
  const rows = Array.from({ length: frames }, (_, frame) => {
    const best = new Float64Array(speeds)
    for (const change of options.changes) {
      const scores = scoresOf(evened(samples, { start: frame * hop, size, change }))
      for (let k = 0; k < speeds; k++) best[k] = Math.max(best[k]!, scores[k]!)
    }
    return best
  })
  return {
    lowHz,
    stepHz,
    timeS: Float64Array.from({ length: frames }, (_, frame) => (frame * hop + (size - 1) / 2) / sampleRateHz),
    rows,
    windowS: size / sampleRateHz,
  }
}

/** What ln(1 + ratio) is on average where there is only noise: ∫ ln(1 + r)·e^(−r) dr = e·E₁(1). */
const EVIDENCE_IN_NOISE = 0.596347
/** Half the main lobe of a Hann window, bins of the stretch. */
const LOBE = 2

function silence(
  evidence: Float64Array,
  options: { readonly mainsHz: readonly number[]; readonly binsPerHz: number; readonly halfWidth: number },
): void {
  for (const hz of options.mainsHz) {
    for (let centre = hz * options.binsPerHz; centre < evidence.length; centre += hz * options.binsPerHz) {
      evidence.fill(EVIDENCE_IN_NOISE, Math.max(0, Math.ceil(centre - options.halfWidth)), Math.floor(centre + options.halfWidth) + 1)
    }
  }
}

/**
 * A stretch as it would be if its speed, which changes evenly by a share c of its middle value, stayed at that value: its angle
 * θ = τ + c·τ²/2T goes in even steps. Between samples by Catmull and Rom's cubic.
 */
function evened(samples: Samples, options: { readonly start: number; readonly size: number; readonly change: number }): Float64Array {
  const { start, size, change } = options
  if (change === 0) return Float64Array.from(samples.subarray(start, start + size))
  const last = samples.length - 1
  const at = (k: number) => samples[Math.max(0, Math.min(last, k))]!
  const half = (size - 1) / 2
  const angleAt = (tau: number) => tau + (change * tau * tau) / (2 * size)
  const [from, to] = [angleAt(-half), angleAt(half)]
  return Float64Array.from({ length: size }, (_, k) => {
    const angle = from + ((to - from) * k) / (size - 1)
    const tau = (size / change) * (Math.sqrt(1 + (2 * change * angle) / size) - 1)
    const place = start + half + tau
    const before = Math.floor(place)
    const u = place - before
    const [a, b, c, d] = [at(before - 1), at(before), at(before + 1), at(before + 2)]
    return b + (u / 2) * (c - a + u * (2 * a - 5 * b + 4 * c - d + u * (3 * (b - c) + d - a)))
  })
}

function scoreSpeeds(
  evidence: Float64Array,
  grid: {
    readonly speeds: number
    readonly lowHz: number
    readonly stepHz: number
    readonly orders: readonly number[]
    readonly binsPerHz: number
  },
): Float64Array {
  const scores = new Float64Array(grid.speeds)
  for (let k = 0; k < grid.speeds; k++) {
    const hz = grid.lowHz + k * grid.stepHz
    let sum = 0
    let heard = 0
    for (const order of grid.orders) {
      const bin = Math.round(order * hz * grid.binsPerHz)
      if (bin >= evidence.length - 1) continue
      sum += evidence[bin]!
      heard++
    }
    scores[k] = heard > 0 ? sum / heard : 0
  }
  return scores
}
