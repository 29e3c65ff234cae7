import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { RecentPlans } from '../spectrum/kernel/recent-plans.js'
import { type CompiledModule, compiledModule, kernelsOn, workMemory } from '../spectrum/kernel/wasm-instance.js'
import { type SplitFilter, type SplitKernel, splitModule } from './band-kernels.js'

/** Where a complex signal lies among the values of its plan, re and im in turn. */
export interface Band {
  readonly first: number
  /** Complex values. */
  readonly length: number
  /** How often it was halved. */
  readonly depth: number
}

/** Splits records of one length into bands; the work space is shared, and the next record overwrites it. */
export interface BandSplits {
  readonly size: number
  readonly values: Float64Array
  /** @param samples shape (size,). */
  readonly whole: (samples: Samples) => Band
  /** The lower and the upper half of 0 … fs/2 at half the rate; bands of one depth and what was split off them overwrite those before. */
  readonly halvesOf: (band: Band) => readonly [low: Band, high: Band]
  /** The three thirds of 0 … fs/2 at a third of the rate, until the next call. */
  readonly thirdsOf: (band: Band) => readonly Band[]
}

/** Numbers of samples that a band's filters have not yet filled. */
export const TRANSIENT = { low: 16, high: 15 } as const

/** 64 bytes a sample must fit into the memory of a kernel; longer records have no transform either. */
const MOST_SAMPLES = 2 ** 25

const recent = new RecentPlans<BandSplits>()
/** Always the same code. */
let compiled: CompiledModule | undefined

/**
 * Bands by quasi-analytic filters: low-pass taps moved up to the middle of each band, h[q] = l[q]·e^(iqθ). Only samples that are kept are
 * worked out. The upper half's taps stand one sample earlier and lack one, as those of the reference program, and its spectrum is turned the right way round.
 * A constant phase is left away: nothing downstream sees it.
 *
 * @param size samples of the records, at most 2^25.
 * @throws AnalysisFault `out-of-range`.
 * @see [Antoni2007]
 */
export function planBandSplits(size: number): BandSplits {
  if (size > MOST_SAMPLES)
    throw new AnalysisFault('out-of-range', `${size} samples are more than the ${MOST_SAMPLES} that bands are split from`)
  return recent.get(size, () => bandSplits(size))
}

function bandSplits(size: number): BandSplits {
  const { starts, thirds: thirdsAt, end } = layoutOf(size)
  const memory = workMemory(8 * end)
  compiled ??= compiledModule(splitModule({ halves: HALVES(), thirds: THIRDS() }))
  const kernels = kernelsOn<{ readonly halves: SplitKernel; readonly thirds: SplitKernel }>(memory, compiled)
  const values = new Float64Array(memory.buffer)
  return {
    size,
    values,
    whole(samples) {
      const first = starts[0]!
      for (let k = 0, at = first; k < size; k++, at += 2) values[at] = samples[k]!
      return { first, length: size, depth: 0 }
    },
    halvesOf({ first, length: parent, depth }) {
      const length = Math.floor(parent / 2)
      const low = starts[depth + 1]!
      const spacing = 2 * (length + LEAD)
      kernels.halves(8 * (first + 2 * (1 - HALF_ORDER)), 8 * low, 8 * spacing, length)
      return [
        { first: low, length, depth: depth + 1 },
        { first: low + spacing, length, depth: depth + 1 },
      ]
    },
    thirdsOf({ first, length: parent, depth }) {
      const length = Math.floor(parent / 3)
      kernels.thirds(8 * (first + 2 * (2 - THIRD_ORDER)), 8 * thirdsAt, 16 * length, length)
      return [0, 1, 2].map((third) => ({ first: thirdsAt + 2 * length * third, length, depth }))
    },
  }
}

const HALF_ORDER = 16
const THIRD_ORDER = 24
/** Zeros that stand before every band, complex values. */
const LEAD = THIRD_ORDER

/** Where bands of each depth start, counted in float64: the whole, both halves, two quarters at a time … and three thirds. */
function layoutOf(size: number): { readonly starts: readonly number[]; readonly thirds: number; readonly end: number } {
  const starts = [2 * LEAD]
  let next = 2 * (size + 2 * LEAD)
  for (let length = Math.floor(size / 2); length > 0; length = Math.floor(length / 2)) {
    starts.push(next)
    next += 4 * (length + LEAD)
  }
  return { starts, thirds: next, end: next + 2 * size }
}

/** −6 dB at a fifth of the rate. */
const HALVES = (): SplitFilter => ({
  taps: lowPassTaps(HALF_ORDER, 0.4),
  stride: 2,
  bands: [
    { angle: Math.PI / 4, centre: 8, outputs: 'as they are' },
    { angle: (3 * Math.PI) / 4, centre: 7, outputs: 'alternating' },
  ],
})

/** −6 dB at 2/15 of the rate. */
const THIRDS = (): SplitFilter => ({
  taps: lowPassTaps(THIRD_ORDER, (2 / 3) * 0.4),
  stride: 3,
  bands: [1, 3, 5].map((sixths) => ({ angle: (sixths * Math.PI) / 6, centre: 12, outputs: 'as they are' })),
})

/**
 * Linear-phase low-pass by a Hamming window on the ideal response, unit gain at 0.
 * @param order number of taps minus one.
 * @param cutoff as a fraction of the Nyquist frequency, −6 dB there.
 */
function lowPassTaps(order: number, cutoff: number): Float64Array {
  const taps = Float64Array.from({ length: order + 1 }, (_, n) => {
    const t = n - order / 2
    const ideal = t === 0 ? cutoff : Math.sin(Math.PI * cutoff * t) / (Math.PI * t)
    return ideal * (0.54 - 0.46 * Math.cos((2 * Math.PI * n) / order))
  })
  const gain = taps.reduce((sum, tap) => sum + tap, 0)
  return taps.map((tap) => tap / gain)
}
