import type { Samples } from '../samples.js'
import { besselI0 } from './interpolation-kernel.js'

/** Odd taps on each side of the middle; with 80 dB the band up to 0.2 of the old rate passes, from 0.3 on it is stopped. */
const PAIRS = 13
const BLOCK = 2 ** 14
const BETA = 0.1102 * (80 - 8.7)

/** What `halvedWhile` made of a record. */
export interface HalvedRecord {
  readonly samples: Samples
  readonly sampleRateHz: number
}

/**
 * Halves the rate as long as everything up to `keepHz` stays within 0.4 of the new rate, each time through a symmetric half-band filter.
 * Nothing is delayed: sample k of the result lies at k·2^m of the input. Both ends are continued by their last value.
 *
 * @param keepHz highest frequency that must come through, gain 1 ± 1e-4.
 * @returns the same samples where nothing could be halved.
 */
export function halvedWhile(record: HalvedRecord, keepHz: number): HalvedRecord {
  const taps = halfBandTaps()
  let { samples, sampleRateHz } = record
  while (keepHz <= 0.2 * sampleRateHz && samples.length >= 64 * PAIRS) {
    samples = halved(samples, taps)
    sampleRateHz /= 2
  }
  return { samples, sampleRateHz }
}

/** Weights of the samples at ±1, ±3, … around the middle, whose own weight is ½; they sum to ½. */
function halfBandTaps(): Float64Array {
  const taps = new Float64Array(PAIRS)
  let sum = 0
  for (let k = 0; k < PAIRS; k++) {
    const at = 2 * k + 1
    const window = besselI0(BETA * Math.sqrt(1 - (at / (2 * PAIRS)) ** 2)) / besselI0(BETA)
    taps[k] = (Math.sin((Math.PI * at) / 2) / (Math.PI * at)) * window
    sum += 2 * taps[k]!
  }
  return taps.map((tap) => tap / (2 * sum))
}

/** In blocks of one kind of number: the loop that costs is compiled for float64 alone, whatever comes in. */
function halved(samples: Samples, taps: Float64Array): Float64Array {
  const reach = 2 * PAIRS - 1
  const last = samples.length - 1
  const result = new Float64Array(Math.ceil(samples.length / 2))
  const work = new Float64Array(2 * BLOCK + 2 * reach)
  for (let start = 0; start < result.length; start += BLOCK) {
    const count = Math.min(BLOCK, result.length - start)
    // Work[i] is sample 2·start − reach + i.
    const from = 2 * start - reach
    const first = Math.max(0, from)
    const end = Math.min(last + 1, from + work.length)
    work.fill(samples[0]!, 0, first - from)
    work.set(samples.subarray(first, end), first - from)
    work.fill(samples[last]!, end - from)
    filterBlock(work, taps, result.subarray(start, start + count))
  }
  return result
}

function filterBlock(work: Float64Array, taps: Float64Array, result: Float64Array): void {
  const reach = 2 * PAIRS - 1
  for (let k = 0; k < result.length; k++) {
    let before = 2 * k + reach
    let after = before
    let sum = work[before--]! / 2
    after++
    for (let i = 0; i < PAIRS; i++, before -= 2, after += 2) sum += taps[i]! * (work[before]! + work[after]!)
    result[k] = sum
  }
}
