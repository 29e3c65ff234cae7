import { butterfly, type ComplexCode, type Radix } from './butterflies.js'
import { type VectorLocals, vectorLocals } from './vector-locals.js'
import { type Code, type WasmFunction, wasm, wasmModule } from './wasm-code.js'
import { type CompiledModule, compiledModule, kernelsOn, type WorkMemory } from './wasm-instance.js'

/** One pass of the self-sorting transform: reads r runs of `from`, writes the butterflies, turned by their twiddles, to `to`. All addresses in bytes. */
export type PassKernel = (from: number, to: number, imaginary: number, twiddles: number, blocks: number, stride: number) => void

export interface PassKernels {
  /** Stride 1: two neighbouring blocks at a time. Twiddles: for j = 1 … r − 1 all blocks' real parts, then all imaginary ones. At least two blocks. */
  readonly first: Readonly<Record<Radix, PassKernel>>
  /** Stride ≥ 2: two neighbours of one block at a time. Twiddles: for each block re, im of j = 1 … r − 1. */
  readonly later: Readonly<Record<Radix, PassKernel>>
}

const RADICES = [2, 3, 4, 5, 8] as const satisfies readonly Radix[]
/** Always the same code; compiled by the first plan, and improved by the engine while it runs. */
let compiled: CompiledModule | undefined

/**
 * The passes as WebAssembly, two float64 at a time. Where a run is odd, the last two values are done together with one that was already done:
 * reading and writing lie apart, so doing it twice changes nothing.
 */
export function passKernels(memory: WorkMemory): PassKernels {
  compiled ??= compiledModule(wasmModule([...RADICES.map(firstPass), ...RADICES.map(laterPass)], PARAMETERS))
  const kernels = kernelsOn<Readonly<Record<string, PassKernel>>>(memory, compiled)
  const of = (kind: 'first' | 'later') =>
    Object.fromEntries(RADICES.map((radix) => [radix, kernels[`${kind}${radix}`]!])) as unknown as Readonly<Record<Radix, PassKernel>>
  return { first: of('first'), later: of('later') }
}

const PARAMETERS = 6
const [FROM, TO, IMAGINARY, TWIDDLES, BLOCKS, STRIDE] = [0, 1, 2, 3, 4, 5] as const
const [READ, WRITE, STEP, AT, LAST, RUN] = [6, 7, 8, 9, 10, 11] as const
const FIRST_VECTOR = 12

const { get, set, integer, plus, minus, times } = wasm

/** r complex values, STEP bytes apart from READ on. */
function loadRuns(radix: Radix, { keep, run }: VectorLocals): readonly ComplexCode[] {
  return Array.from({ length: radix }, () => {
    const value = { re: keep(wasm.load(get(READ))), im: keep(wasm.load(plus(get(READ), get(IMAGINARY)))) }
    run(set(READ, plus(get(READ), get(STEP))))
    return value
  })
}

function product(x: ComplexCode, w: ComplexCode, { keep }: VectorLocals): ComplexCode {
  return {
    re: keep(wasm.subtract(wasm.multiply(x.re, w.re), wasm.multiply(x.im, w.im))),
    im: keep(wasm.add(wasm.multiply(x.re, w.im), wasm.multiply(x.im, w.re))),
  }
}

/** Leaves whether there is more to do, and moves AT by two values, the last time by less where the run is odd. */
const ADVANCE: Code = [
  ...wasm.isLess(get(AT), get(LAST)),
  ...set(AT, wasm.select(plus(get(AT), integer(16)), get(LAST), wasm.isLess(plus(get(AT), integer(16)), get(LAST)))),
]

function laterPass(radix: Radix): WasmFunction {
  const locals = vectorLocals(FIRST_VECTOR)
  const twiddles = Array.from(
    { length: radix - 1 },
    (_, j): ComplexCode => ({
      re: locals.keep(wasm.loadTwice(get(TWIDDLES), 16 * j)),
      im: locals.keep(wasm.loadTwice(get(TWIDDLES), 16 * j + 8)),
    }),
  )
  const head = locals.body.splice(0)
  locals.run(set(READ, plus(get(FROM), get(AT))))
  const [y0, ...rest] = butterfly(loadRuns(radix, locals), locals.keep)
  const turned = rest.map((y, j) => product(y, twiddles[j]!, locals))
  locals.run(set(WRITE, plus(get(TO), get(AT))))
  for (const { re, im } of [y0!, ...turned]) {
    locals.run(wasm.store(get(WRITE), re))
    locals.run(wasm.store(plus(get(WRITE), get(IMAGINARY)), im))
    locals.run(set(WRITE, plus(get(WRITE), get(RUN))))
  }
  const body = [
    ...set(RUN, times(get(STRIDE), integer(8))),
    ...set(STEP, times(get(RUN), get(BLOCKS))),
    ...set(LAST, minus(get(RUN), integer(16))),
    ...wasm.loop([
      ...head,
      ...set(AT, integer(0)),
      ...wasm.loop([...locals.body, ...ADVANCE]),
      ...set(TWIDDLES, plus(get(TWIDDLES), integer(16 * (radix - 1)))),
      ...set(FROM, plus(get(FROM), get(RUN))),
      ...set(TO, plus(get(TO), times(get(RUN), integer(radix)))),
      ...set(BLOCKS, minus(get(BLOCKS), integer(1))),
      ...get(BLOCKS),
    ]),
  ]
  return { name: `later${radix}`, integerLocals: FIRST_VECTOR - PARAMETERS, vectorLocals: locals.count(), body }
}

function firstPass(radix: Radix): WasmFunction {
  const locals = vectorLocals(FIRST_VECTOR)
  locals.run(set(READ, plus(get(FROM), get(AT))))
  const [y0, ...rest] = butterfly(loadRuns(radix, locals), locals.keep)
  locals.run(set(READ, plus(get(TWIDDLES), get(AT))))
  const turned = rest.map((y) => {
    const re = locals.keep(wasm.load(get(READ)))
    const im = locals.keep(wasm.load(plus(get(READ), get(STEP))))
    locals.run(set(READ, plus(get(READ), times(get(STEP), integer(2)))))
    return product(y, { re, im }, locals)
  })
  locals.run(set(WRITE, plus(get(TO), times(get(AT), integer(radix)))))
  for (const [j, { re, im }] of [y0!, ...turned].entries()) {
    for (const lane of [0, 1] as const) {
      const place = { offset: 8 * (lane * radix + j), lane }
      locals.run(wasm.storeLane(get(WRITE), re, place))
      locals.run(wasm.storeLane(plus(get(WRITE), get(IMAGINARY)), im, place))
    }
  }
  const body = [
    ...set(STEP, times(get(BLOCKS), integer(8))),
    ...set(LAST, minus(get(STEP), integer(16))),
    ...wasm.loop([...locals.body, ...ADVANCE]),
  ]
  return { name: `first${radix}`, integerLocals: FIRST_VECTOR - PARAMETERS, vectorLocals: locals.count(), body }
}
