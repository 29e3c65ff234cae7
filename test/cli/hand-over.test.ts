import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const oldNode = findOldNode()

/** A Node below 22 that is installed on this machine beside the repository's own. */
function findOldNode(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'))
  return folders
    .map((folder) => `${folder}/node`)
    .find((file) => {
      const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' })
      return /^v(1[6-9]|2[01])\./.test(stdout ?? '')
    })
}

describe.skipIf(oldNode === undefined)('under an older Node (skipped where none is installed)', { timeout: 30_000 }, () => {
  const old = oldNode ?? ''

  it('answers version and first help by itself', () => {
    expect(spawnSync(old, [PROGRAM, '--version'], { encoding: 'utf8' }).stdout).toMatch(/^chatterfix \d/)
    expect(spawnSync(old, [PROGRAM, '--help'], { encoding: 'utf8' }).stdout).toContain('discover')
  })

  it('hands everything else over, with output and exit code', () => {
    const { status, stdout } = spawnSync(old, [PROGRAM, 'read', 'gopher://h', '--json'], { encoding: 'utf8' })
    expect(status).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'SCHEME_UNKNOWN' } })
  })

  it.each([
    ['SIGTERM', [0, null]],
    ['SIGINT', [0, null]],
  ] as const)('passes %s on, and ends as the command ends', async (signal, ending) => {
    const child = spawn(old, [PROGRAM, 'watch', 'simulator://pump-set'], { stdio: ['ignore', 'pipe', 'ignore'] })
    await once(child.stdout, 'data')
    child.stdout.resume()
    const gone = once(child, 'exit')
    child.kill(signal)
    expect(await gone).toEqual(ending)
  })

  it('takes the command with it when it is killed outright', async () => {
    const child = spawn(old, [PROGRAM, 'watch', 'simulator://pump-set'], { stdio: ['ignore', 'pipe', 'ignore'] })
    await once(child.stdout, 'data')
    const closed = once(child.stdout, 'close')
    child.stdout.resume()
    child.kill('SIGKILL')
    // The pipe closes when the last process that holds it has gone.
    await closed
    await vi.waitFor(() => expect(child.signalCode).toBe('SIGKILL'))
  })
})
