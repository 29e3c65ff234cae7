import type { FourierPlan } from '../fourier-plan.js'
import type { Radix } from './butterflies.js'
import { type PassKernel, passKernels } from './pass-kernels.js'
import { unitRoots } from './unit-roots.js'
import { type WorkMemory, workMemory } from './wasm-instance.js'

/** Below this a first pass of radix 8 would not find two blocks. */
export const LEAST_SMOOTH_SIZE = 16

/** Four arrays and as much again for the twiddles must fit into the 4 GiB that a WebAssembly memory can have. */
export const MOST_SMOOTH_SIZE = 2 ** 26

/** Seven lines of eight float64. */
const SKEW = 56

/** A plan with its memory, for kernels that work on what it reads and leaves. Places are counted in float64. */
export interface SmoothPlan extends FourierPlan {
  readonly memory: WorkMemory
  /** Between the four arrays re, im, re, im; each has room for a line more than `size`. */
  readonly spacing: number
  /** Which array the real parts of the output are: 0 or 2; the other two are free after a run. The input begins at 0. */
  readonly outputArray: 0 | 2
  /** Where `spare` float64 begin. */
  readonly spareAt: number
}

interface Pass {
  readonly kernel: PassKernel
  /** Transforms of this pass that lie side by side. */
  readonly stride: number
  readonly radix: Radix
  readonly blocks: number
  /** Where its twiddles start, counted in float64. */
  readonly twiddles: number
}

/** Whether n = 2^a·3^b·5^c. */
export function isSmooth(size: number): boolean {
  return radicesOf(size) !== null
}

/**
 * Stockham's self-sorting transform for n = 2^a·3^b·5^c, in passes of radix 8, 4, 2, 3 and 5. Error about 1e-15·log2(n).
 *
 * @param size LEAST_SMOOTH_SIZE ≤ n ≤ MOST_SMOOTH_SIZE.
 * @param spare float64 of its memory that the caller wants for himself.
 * @see [Stockham1966]
 */
export function smoothTransform(size: number, spare = 0): SmoothPlan {
  const radices = radicesOf(size)!
  // Arrays a power of two apart would fall on the same lines of the cache.
  const spacing = size + SKEW
  const work = 4 * spacing
  const spareAt = work + twiddleCount(size, radices)
  const memory = workMemory(8 * (spareAt + spare))
  const kernels = passKernels(memory)
  let twiddles = work
  let stride = 1
  const passes = radices.map((radix): Pass => {
    const blocks = size / stride / radix
    const pass = { kernel: (stride === 1 ? kernels.first : kernels.later)[radix], stride, radix, blocks, twiddles }
    twiddles += 2 * blocks * (radix - 1)
    stride *= radix
    return pass
  })
  fillTwiddles(size, passes, new Float64Array(memory.buffer))
  const part = (index: number) => new Float64Array(memory.buffer, 8 * spacing * index, size)
  const outputArray = passes.length % 2 === 0 ? 0 : 2
  const input = { re: part(0), im: part(1) }
  const output = { re: part(outputArray), im: part(outputArray + 1) }
  const run = () => {
    let [from, to] = [0, 16 * spacing]
    for (const pass of passes) {
      pass.kernel(from, to, 8 * spacing, 8 * pass.twiddles, pass.blocks, pass.stride)
      ;[from, to] = [to, from]
    }
  }
  return {
    ...{ size, input, output, run, memory, spacing, outputArray, spareAt },
    forward(re, im) {
      input.re.set(re)
      input.im.set(im)
      run()
      re.set(output.re)
      im.set(output.im)
    },
  }
}

function radicesOf(size: number): readonly Radix[] | null {
  const radices: Radix[] = []
  let rest = size
  for (const radix of [8, 4, 2, 3, 5] as const) {
    for (; rest % radix === 0; rest /= radix) radices.push(radix)
  }
  return rest === 1 ? radices : null
}

function twiddleCount(size: number, radices: readonly Radix[]): number {
  let count = 0
  let length = size
  for (const radix of radices) {
    length /= radix
    count += 2 * length * (radix - 1)
  }
  return count
}

function fillTwiddles(size: number, passes: readonly Pass[], memory: Float64Array): void {
  const roots = unitRoots(size)
  for (const { stride, radix, blocks, twiddles } of passes) {
    // The first pass reads neighbouring blocks at a time, the later ones all twiddles of one block.
    const [perRoot, perBlock, imaginary] = stride === 1 ? [2 * blocks, 1, blocks] : [2, 2 * (radix - 1), 1]
    for (let j = 1; j < radix; j++) {
      roots.fill({ step: j * stride, count: blocks, target: memory, at: twiddles + (j - 1) * perRoot, hop: perBlock, imaginary })
    }
  }
}
