/** Instructions of a WebAssembly function, as bytes. */
export type Code = readonly number[]

/** The binary form of the few instructions that kernels are written in. @see [WebAssembly2] */
export const wasm = {
  get: (local: number): Code => [0x20, ...unsigned(local)],
  set: (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)],
  integer: (value: number): Code => [0x41, ...signed(value)],
  plus: (a: Code, b: Code): Code => [...a, ...b, 0x6a],
  minus: (a: Code, b: Code): Code => [...a, ...b, 0x6b],
  times: (a: Code, b: Code): Code => [...a, ...b, 0x6c],
  isLess: (a: Code, b: Code): Code => [...a, ...b, 0x48],
  select: (yes: Code, no: Code, condition: Code): Code => [...yes, ...no, ...condition, 0x1b],
  /** Runs the body again as long as it leaves something other than 0. */
  loop: (body: Code): Code => [0x03, 0x40, ...body, 0x0d, 0, 0x0b],
  load: (address: Code, offset = 0): Code => [...address, 0xfd, 0x00, 3, ...unsigned(offset)],
  loadTwice: (address: Code, offset: number): Code => [...address, 0xfd, 0x0a, 3, ...unsigned(offset)],
  store: (address: Code, value: Code): Code => [...address, ...value, 0xfd, 0x0b, 3, 0],
  storeLane: (address: Code, value: Code, { offset, lane }: { readonly offset: number; readonly lane: 0 | 1 }): Code => [
    ...address,
    ...value,
    ...[0xfd, 0x5b, 3],
    ...unsigned(offset),
    lane,
  ],
  add: (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xf0, 1],
  subtract: (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xf1, 1],
  multiply: (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xf2, 1],
  /** Both lanes the same constant. */
  constant: (value: number): Code => wasm.pair(value, value),
  pair: (low: number, high: number): Code => [0xfd, 0x0c, ...new Uint8Array(Float64Array.of(low, high).buffer)],
  /** The lanes of a value exchanged. */
  swapped: (value: Code): Code => [...value, ...value, 0xfd, 0x0d, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7],
  /** The low lanes of two values, and the high ones. */
  lows: (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0x0d, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23],
  highs: (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0x0d, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31],
} as const

export interface WasmFunction {
  readonly name: string
  readonly integerLocals: number
  readonly vectorLocals: number
  readonly body: Code
}

/** A module of functions that all take `parameters` integers and return nothing, working on an imported memory `on.memory`. */
export function wasmModule(functions: readonly WasmFunction[], parameters: number): Uint8Array<ArrayBuffer> {
  const one = (bytes: Code) => [1, ...bytes]
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, one([0x60, ...unsigned(parameters), ...new Array<number>(parameters).fill(0x7f), 0])),
    ...section(2, one([...text('on'), ...text('memory'), 0x02, 0x00, 0])),
    ...section(3, [...unsigned(functions.length), ...functions.map(() => 0)]),
    ...section(7, [...unsigned(functions.length), ...functions.flatMap(({ name }, index) => [...text(name), 0x00, ...unsigned(index)])]),
    ...section(10, [...unsigned(functions.length), ...functions.flatMap(bodyOf)]),
  ])
}

function bodyOf({ integerLocals, vectorLocals, body }: WasmFunction): Code {
  const all = [2, ...unsigned(integerLocals), 0x7f, ...unsigned(vectorLocals), 0x7b, ...body, 0x0b]
  return [...unsigned(all.length), ...all]
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content]
}

function text(value: string): Code {
  return [value.length, ...new TextEncoder().encode(value)]
}

/** LEB128. */
function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]
}

function signed(value: number): Code {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)]
}
