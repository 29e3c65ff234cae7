import { enableCompileCache } from 'node:module'
import process from 'node:process'

/** Hands the words to oclif. */
export async function startCommand() {
  // React's development build leaks and triples the CPU; oclif would look for TypeScript sources.
  process.env.NODE_ENV ??= 'production'
  enableCompileCache?.()
  const { execute } = await import('@oclif/core/execute')
  await execute({ dir: import.meta.url })
}
