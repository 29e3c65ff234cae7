import { type VectorLocals, vectorLocals } from '../spectrum/kernel/vector-locals.js'
import { type Code, type WasmFunction, wasm, wasmModule } from '../spectrum/kernel/wasm-code.js'

/**
 * Splits `count` outputs of each band off the samples whose oldest one lies at `from`, to `to`, `to + spacing` …;
 * addresses in bytes, complex values as re, im.
 */
export type SplitKernel = (from: number, to: number, spacing: number, count: number) => void

/** One band: Σ_q tap(q)·e^(iqθ)·x[s − centre − q], over all q for which the sample is among the last `taps.length`. */
export interface BandFilter {
  /** θ, radians per sample. */
  readonly angle: number
  /** Delay of the middle of the taps, samples. */
  readonly centre: number
  /** Whether every second output changes its sign, which moves the band's spectrum by half the new rate. */
  readonly outputs: 'as they are' | 'alternating'
}

export interface SplitFilter {
  /** Shape (2·half + 1,), symmetric about the middle. */
  readonly taps: Float64Array
  /** One output for so many samples. */
  readonly stride: number
  readonly bands: readonly BandFilter[]
}

const PARAMETERS = 4
const [FROM, TO, SPACING, COUNT, WRITE] = [0, 1, 2, 3, 4] as const
const FIRST_VECTOR = 5
const COMPLEX_BYTES = 16

const { get, set, integer, plus, minus } = wasm

/** A module with one kernel for each filter, by name. */
export function splitModule(filters: Readonly<Record<string, SplitFilter>>): Uint8Array<ArrayBuffer> {
  const functions = Object.entries(filters).map(([name, filter]) => splitFunction(name, filter))
  return wasmModule(functions, PARAMETERS)
}

/** One complex value is one vector. Constants wait in locals. */
function splitFunction(name: string, { taps, stride, bands }: SplitFilter): WasmFunction {
  const locals = vectorLocals(FIRST_VECTOR)
  const constants = constantsOf(taps, bands, locals)
  const turnLeft = locals.keep(wasm.pair(-1, 1))
  const minusOne = locals.keep(wasm.constant(-1))
  const sign = locals.keep(wasm.constant(1))
  const head = locals.body.splice(0)

  const newest = taps.length - 1
  const samples = Array.from(taps, (_, age) => locals.keep(wasm.load(get(FROM), COMPLEX_BYTES * (newest - age))))
  locals.run(set(WRITE, get(TO)))
  for (const band of bands) {
    const [inPhase, across] = sumsOf(taps, band, { samples, locals, constants })
    const value = wasm.add(inPhase, wasm.multiply(turnLeft, wasm.swapped(across)))
    locals.run(wasm.store(get(WRITE), band.outputs === 'alternating' ? wasm.multiply(sign, value) : value))
    locals.run(set(WRITE, plus(get(WRITE), get(SPACING))))
  }
  const [, ...signLocal] = sign
  locals.run([...wasm.multiply(sign, minusOne), 0x21, ...signLocal])
  const body = [
    ...head,
    ...wasm.loop([
      ...locals.body,
      ...set(FROM, plus(get(FROM), integer(stride * COMPLEX_BYTES))),
      ...set(TO, plus(get(TO), integer(COMPLEX_BYTES))),
      ...set(COUNT, minus(get(COUNT), integer(1))),
      ...get(COUNT),
    ]),
  ]
  return { name, integerLocals: FIRST_VECTOR - PARAMETERS, vectorLocals: locals.count(), body }
}

/** tap(q)·cos(qθ) and tap(q)·sin(qθ) as they are multiplied with; exact zeros are left out. */
function factorsOf(taps: Float64Array, angle: number, q: number): { readonly cos: number; readonly sin: number } {
  const tap = taps[(taps.length - 1) / 2 + q]!
  const factor = (value: number) => (Math.abs(value) < 1e-9 ? 0 : tap * value)
  return { cos: factor(Math.cos(q * angle)), sin: factor(Math.sin(q * angle)) }
}

function constantsOf(taps: Float64Array, bands: readonly BandFilter[], { keep }: VectorLocals): ReadonlyMap<number, Code> {
  const constants = new Map<number, Code>()
  for (const { angle } of bands) {
    for (let q = 0; q <= (taps.length - 1) / 2; q++) {
      const { cos, sin } = factorsOf(taps, angle, q)
      for (const value of [cos, sin]) if (value !== 0 && !constants.has(value)) constants.set(value, keep(wasm.constant(value)))
    }
  }
  return constants
}

/** C and D of the output C + i·D: taps mirror about the middle, so sums of two samples meet the cosines and differences the sines. */
function sumsOf(
  taps: Float64Array,
  { angle, centre }: BandFilter,
  {
    samples,
    locals,
    constants,
  }: { readonly samples: readonly Code[]; readonly locals: VectorLocals; readonly constants: ReadonlyMap<number, Code> },
): readonly [inPhase: Code, across: Code] {
  const inPhase: Code[] = []
  const across: Code[] = []
  for (let q = 0; q <= (taps.length - 1) / 2; q++) {
    const { cos, sin } = factorsOf(taps, angle, q)
    const [older, newer] = [samples[centre + q], q > 0 ? samples[centre - q] : undefined]
    if (!older) continue
    if (cos !== 0) inPhase.push(wasm.multiply(constants.get(cos)!, newer ? wasm.add(older, newer) : older))
    if (sin !== 0) across.push(wasm.multiply(constants.get(sin)!, newer ? wasm.subtract(older, newer) : older))
  }
  const total = (terms: readonly Code[]) => terms.reduce((sum, term) => locals.keep(wasm.add(sum, term)))
  return [locals.keep(total(inPhase)), locals.keep(total(across))]
}
