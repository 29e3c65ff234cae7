import { unitOf } from '../../readings/unit.js'
import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { EventSplitter, type ShockEvent } from '../time-domain/event-splitter.js'
import { shockResponse } from '../time-domain/shock-response.js'
import type { VibrationInput } from './assessment.js'

/** One shock and its response spectrum; arrays over `naturalHz`. */
export interface AnsweredShock extends Pick<ShockEvent, 'startS' | 'durationS' | 'peak' | 'peakAtS'> {
  readonly positive: readonly number[]
  readonly negative: readonly number[]
  readonly maximax: readonly number[]
}

/** `analyze spectrum --kind srs --json`. */
export interface ShockAnswer {
  readonly schema: 'chatterfix/shock-response/1'
  readonly file: string
  readonly channel: string
  readonly sampleRateHz: number
  readonly durationS: number
  readonly quantity: 'absolute-acceleration'
  /** Of the spectra and the peaks; what nobody stated is `u`. */
  readonly unit: string
  /** Share of critical damping. */
  readonly damping: number
  readonly naturalHz: readonly number[]
  /** `events`: each shock that stands out by itself; `record`: none does, all of it is one. */
  readonly of: 'events' | 'record'
  /** Strongest first. */
  readonly shocks: readonly AnsweredShock[]
  readonly warnings: readonly string[]
}

/** Octaves in thirds of thirds: nine a factor of two is finer than the width at Q = 10. */
const PER_OCTAVE = 9
/** Of the rate: above it more than 5 % of a response can hide between two samples. */
const HIGHEST_SHARE = 0.1
/** Before a shock and after it, periods of the lowest oscillator's ring are the residual's; of the record so much is taken. */
const BEFORE_S = 0.01
const AFTER_S = 0.05
const MOST_SHOCKS = 32
const FEWEST_SAMPLES = 16
const MOST_FOR_MEDIAN = 2 ** 16

/**
 * Shock response spectra: of each shock that stands out of a record, or of all of it where none does. A record that runs on is no shock,
 * and its response would be that of whatever ran longest.
 *
 * @param wishes.band  natural frequencies from low to high, nine an octave; unless said from one over a shock's length to a tenth of the rate.
 * @throws AnalysisFault `out-of-range` where the samples are no acceleration, `too-few-samples`.
 * @see [Smallwood1981], [ISO18431-4]
 */
export function shockAnswer(
  input: VibrationInput,
  wishes: { readonly damping: number; readonly band: { readonly lowHz: number; readonly highHz: number } | undefined },
): ShockAnswer {
  const { samples, sampleRateHz, unit } = input
  const quantity = unit === null ? null : unitOf(unit)?.quantity
  if (quantity !== null && quantity !== 'acceleration')
    throw new AnalysisFault('out-of-range', `a shock response is that of an acceleration, and the samples are in ${unit}`)
  if (samples.length < FEWEST_SAMPLES) throw new AnalysisFault('too-few-samples', `${samples.length} samples are no shock`)
  const durationS = samples.length / sampleRateHz
  const found = eventsOf(samples, sampleRateHz)
  const strongest = found.toSorted((a, b) => b.peak - a.peak).slice(0, MOST_SHOCKS)
  const longestS = strongest.reduce((most, { durationS: each }) => Math.max(most, each + BEFORE_S + AFTER_S), 0) || durationS
  const { lowHz, highHz } = wishes.band ?? { lowHz: Math.max(1, 1 / longestS), highHz: HIGHEST_SHARE * sampleRateHz }
  if (!(highHz > lowHz))
    throw new AnalysisFault('too-few-samples', `no oscillator between ${lowHz.toPrecision(3)} and ${highHz} Hz answers`)
  const count = Math.floor(PER_OCTAVE * Math.log2(highHz / lowHz)) + 1
  const naturalHz = Array.from({ length: count }, (_, k) => lowHz * 2 ** (k / PER_OCTAVE))
  const steady = middleOf(samples)
  const respond = (part: Samples) => {
    const { positive, negative, maximax } = shockResponse(
      Float64Array.from(part, (value) => value - steady),
      {
        sampleRateHz,
        naturalHz,
        damping: wishes.damping,
        quantity: 'absolute-acceleration',
      },
    )
    return { positive: Array.from(positive), negative: Array.from(negative), maximax: Array.from(maximax) }
  }
  const shocks =
    strongest.length > 0
      ? strongest.map((event) => ({ ...placeOf(event), ...respond(around(samples, event, sampleRateHz)) }))
      : [{ ...wholeOf(samples, { sampleRateHz, steady }), ...respond(samples) }]
  return {
    schema: 'chatterfix/shock-response/1',
    file: input.file,
    channel: input.channel,
    sampleRateHz,
    durationS,
    quantity: 'absolute-acceleration',
    unit: unit ?? 'u',
    damping: wishes.damping,
    naturalHz,
    of: strongest.length > 0 ? 'events' : 'record',
    shocks,
    warnings: [...(input.notes ?? []), ...remarks({ found: found.length, highHz, sampleRateHz })],
  }
}

function remarks({
  found,
  highHz,
  sampleRateHz,
}: {
  readonly found: number
  readonly highHz: number
  readonly sampleRateHz: number
}): string[] {
  return [
    ...(found === 0 ? ['no shock stands out of what ran before; the response is that of the whole record'] : []),
    ...(found > MOST_SHOCKS ? [`of ${found} shocks the ${MOST_SHOCKS} strongest are shown`] : []),
    ...(highHz > HIGHEST_SHARE * sampleRateHz
      ? [`above ${(HIGHEST_SHARE * sampleRateHz).toFixed(0)} Hz more than 5 % of a peak can hide between two samples`]
      : []),
  ]
}

/** None where the record is too short to hold anything steady. */
function eventsOf(samples: Samples, sampleRateHz: number): readonly ShockEvent[] {
  try {
    const splitter = new EventSplitter({ sampleRateHz })
    splitter.push(samples)
    return splitter.finish().events
  } catch (thrown) {
    if (thrown instanceof AnalysisFault && thrown.reason !== 'not-finite') return []
    throw thrown
  }
}

function around(samples: Samples, { startS, durationS }: ShockEvent, sampleRateHz: number): Samples {
  const from = Math.max(0, Math.floor((startS - BEFORE_S) * sampleRateHz))
  return samples.subarray(from, Math.ceil((startS + durationS + AFTER_S) * sampleRateHz))
}

function placeOf({ startS, durationS, peak, peakAtS }: Omit<ShockEvent, 'steadyRms'>) {
  return { startS, durationS, peak, peakAtS }
}

function wholeOf(samples: Samples, { sampleRateHz, steady }: { readonly sampleRateHz: number; readonly steady: number }) {
  let at = 0
  for (let k = 1; k < samples.length; k++) if (Math.abs(samples[k]! - steady) > Math.abs(samples[at]! - steady)) at = k
  return { startS: 0, durationS: samples.length / sampleRateHz, peak: Math.abs(samples[at]! - steady), peakAtS: at / sampleRateHz }
}

/** The median: a shock moves the mean, and an offset is a step to an oscillator. */
function middleOf(samples: Samples): number {
  const stride = Math.ceil(samples.length / MOST_FOR_MEDIAN)
  const some = Float64Array.from({ length: Math.floor(samples.length / stride) }, (_, k) => samples[k * stride]!).sort()
  return some[some.length >> 1] ?? 0
}
