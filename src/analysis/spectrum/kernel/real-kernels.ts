import { vectorLocals } from './vector-locals.js'
import { type Code, type WasmFunction, wasm, wasmModule } from './wasm-code.js'
import { type CompiledModule, compiledModule, kernelsOn, type WorkMemory } from './wasm-instance.js'

/** Addresses, and sizes in bytes. */
export type RealKernel = (from: number, to: number, imaginary: number, roots: number, rootsImaginary: number, half: number) => void

/** What stands before and after the transform of half the size that does a real one. */
export interface RealKernels {
  /** x[2k] to the real, x[2k + 1] to the imaginary parts; two of each at a time. */
  readonly parted: RealKernel
  /**
   * From Z, the transform of x[2k] + i·x[2k + 1], the lines 1 … half − 1 of x:
   * X[k] = ½(Z[k] + Z*[h − k]) − ½i·e^(−πik/h)·(Z[k] − Z*[h − k]), two lines and the two they mirror at a time.
   */
  readonly unpacked: RealKernel
}

const PARAMETERS = 6
const [FROM, TO, IMAGINARY, ROOTS, ROOTS_IMAGINARY, HALF] = [0, 1, 2, 3, 4, 5] as const
const [AT, MIRROR] = [6, 7] as const
const FIRST_VECTOR = 8

const { get, set, integer, plus, minus, times } = wasm

let compiled: CompiledModule | undefined

export function realKernels(memory: WorkMemory): RealKernels {
  compiled ??= compiledModule(wasmModule([parted(), unpacked()], PARAMETERS))
  return kernelsOn<RealKernels>(memory, compiled)
}

/** An odd last value is done together with one that was already done: reading and writing lie apart. */
function parted(): WasmFunction {
  const locals = vectorLocals(FIRST_VECTOR)
  const last = minus(get(HALF), integer(16))
  const read = plus(get(FROM), times(get(AT), integer(2)))
  const [first, second] = [locals.keep(wasm.load(read)), locals.keep(wasm.load(read, 16))]
  locals.run(wasm.store(plus(get(TO), get(AT)), wasm.lows(first, second)))
  locals.run(wasm.store(plus(plus(get(TO), get(AT)), get(IMAGINARY)), wasm.highs(first, second)))
  const next = plus(get(AT), integer(16))
  const advance: Code = [...wasm.isLess(get(AT), last), ...set(AT, wasm.select(next, last, wasm.isLess(next, last)))]
  const body = wasm.loop([...locals.body, ...advance])
  return { name: 'parted', integerLocals: FIRST_VECTOR - PARAMETERS, vectorLocals: locals.count(), body }
}

function unpacked(): WasmFunction {
  const locals = vectorLocals(FIRST_VECTOR)
  const { keep, run } = locals
  const half = keep(wasm.constant(0.5))
  const head = locals.body.splice(0)
  const address = (base: number, place: number, ...more: readonly number[]): Code =>
    more.reduce((sum: Code, each) => plus(sum, get(each)), plus(get(base), get(place)))
  const re = keep(wasm.load(address(FROM, AT)))
  const im = keep(wasm.load(address(FROM, AT, IMAGINARY)))
  const mirroredRe = keep(wasm.swapped(keep(wasm.load(address(FROM, MIRROR)))))
  const mirroredIm = keep(wasm.swapped(keep(wasm.load(address(FROM, MIRROR, IMAGINARY)))))
  const evenRe = keep(wasm.multiply(half, wasm.add(re, mirroredRe)))
  const evenIm = keep(wasm.multiply(half, wasm.subtract(im, mirroredIm)))
  const oddRe = keep(wasm.multiply(half, wasm.add(im, mirroredIm)))
  const oddIm = keep(wasm.multiply(half, wasm.subtract(mirroredRe, re)))
  const cos = keep(wasm.load(address(ROOTS, AT)))
  const sin = keep(wasm.load(address(ROOTS, AT, ROOTS_IMAGINARY)))
  const turnedRe = keep(wasm.subtract(wasm.multiply(cos, oddRe), wasm.multiply(sin, oddIm)))
  const turnedIm = keep(wasm.add(wasm.multiply(cos, oddIm), wasm.multiply(sin, oddRe)))
  run(wasm.store(address(TO, MIRROR), wasm.swapped(keep(wasm.subtract(evenRe, turnedRe)))))
  run(wasm.store(address(TO, MIRROR, IMAGINARY), wasm.swapped(keep(wasm.subtract(turnedIm, evenIm)))))
  // After the mirrored ones: the line in the middle mirrors itself.
  run(wasm.store(address(TO, AT), wasm.add(evenRe, turnedRe)))
  run(wasm.store(address(TO, AT, IMAGINARY), wasm.add(evenIm, turnedIm)))
  const body = [
    ...head,
    ...set(AT, integer(8)),
    ...set(MIRROR, minus(get(HALF), integer(16))),
    ...wasm.loop([
      ...locals.body,
      ...set(AT, plus(get(AT), integer(16))),
      ...set(MIRROR, minus(get(MIRROR), integer(16))),
      ...wasm.isLess(times(get(AT), integer(2)), plus(get(HALF), integer(8))),
    ]),
  ]
  return { name: 'unpacked', integerLocals: FIRST_VECTOR - PARAMETERS, vectorLocals: locals.count(), body }
}
