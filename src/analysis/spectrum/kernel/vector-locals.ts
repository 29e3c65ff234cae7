import { type Code, wasm } from './wasm-code.js'

/** Collects the body of a function and hands out its vector locals, numbered from `first` on. */
export interface VectorLocals {
  readonly body: number[]
  readonly count: () => number
  /** Puts a value into a local of its own and gives the code that reads it. */
  readonly keep: (value: Code) => Code
  readonly run: (code: Code) => void
}

export function vectorLocals(first: number): VectorLocals {
  let used = 0
  const body: number[] = []
  return {
    body,
    count: () => used,
    keep: (value) => {
      const local = first + used++
      body.push(...wasm.set(local, value))
      return wasm.get(local)
    },
    run: (code) => void body.push(...code),
  }
}
