// Runs named commands one after the other and says which of them failed.
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** @param {readonly (readonly [name: string, ...command: string[]])[]} steps */
export function runSteps(steps) {
  const failed = []
  for (const [name, ...[program, ...words]] of steps) {
    const startedAt = Date.now()
    process.stdout.write(`— ${name}\n`)
    const { status } = spawnSync(program, words, { cwd: root, stdio: 'inherit' })
    if (status !== 0) failed.push(name)
    process.stdout.write(`  ${status === 0 ? 'ok' : 'FAILED'} ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`)
  }
  if (failed.length > 0) process.stdout.write(`failed: ${failed.join(', ')}\n`)
  process.exitCode = failed.length === 0 ? 0 : 1
}
