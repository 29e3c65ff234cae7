declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => CompiledModule
  readonly Instance: new (module: CompiledModule, imports: object) => { readonly exports: object }
  readonly Memory: new (limits: { readonly initial: number }) => WorkMemory
}

export interface WorkMemory {
  readonly buffer: ArrayBuffer
}

/** Code that the engine has read; it improves it while it runs, for all instances. */
export interface CompiledModule {
  readonly [Symbol.toStringTag]?: string
}

const PAGE_BYTES = 65_536

/** Zeroed memory that kernels can reach. */
export function workMemory(bytes: number): WorkMemory {
  return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) })
}

export function compiledModule(bytes: Uint8Array<ArrayBuffer>): CompiledModule {
  return new WebAssembly.Module(bytes)
}

/** The functions of a module made by `wasmModule`, by name, working on this memory. */
export function kernelsOn<Kernels extends object>(memory: WorkMemory, module: CompiledModule): Kernels {
  return new WebAssembly.Instance(module, { on: { memory } }).exports as Kernels
}
