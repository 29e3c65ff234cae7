import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCli } from './run-cli.js'

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
let root: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'record-kill-'))
})
afterAll(() => rm(root, { recursive: true }))

async function json<T>(words: readonly string[]): Promise<T> {
  const { stdout, stderr } = await runCli([...words, '--json'])
  expect(stderr).toBe('')
  return JSON.parse(stdout) as T
}

describe('a recorder that is killed outright', { timeout: 60_000 }, () => {
  it('leaves everything up to the last part readable, is listed as interrupted, and shows nothing half-written', async () => {
    const folder = join(root, 'run')
    const recorder = spawn(process.execPath, [PROGRAM, 'record', 'simulator://pump-set', '--out', folder], { stdio: 'ignore' })
    await vi.waitFor(
      async () => expect((await readdir(folder)).filter((file) => file.endsWith('.parquet')).length).toBeGreaterThanOrEqual(4),
      { timeout: 30_000, interval: 100 },
    )

    const [whileGrowing] = await json<{ n: number }[]>(['query', 'select count(*) n from readings', '--recording', folder])
    expect(whileGrowing?.n).toBeGreaterThan(0)
    const gone = once(recorder, 'exit')
    recorder.kill('SIGKILL')
    await gone

    const { recordings } = await json<{ recordings: { state: string; path: string }[] }>(['recordings', 'list', root])
    expect(recordings).toEqual([expect.objectContaining({ path: folder, state: 'interrupted' })])
    const [after] = await json<{ n: number; blocks: number }[]>([
      'query',
      'select (select count(*) from readings) n, (select count(*) from waveforms) blocks',
      '--recording',
      folder,
    ])
    expect(after?.n).toBeGreaterThanOrEqual(whileGrowing?.n ?? 0)
    expect(after?.blocks).toBeGreaterThan(0)

    const verified = await json<{ ok: boolean; produced: number; stored: number; buffered: number; dropped: number }>([
      'recordings',
      'verify',
      folder,
    ])
    expect(verified.ok).toBe(true)
    expect(verified.produced).toBe(verified.stored + verified.buffered + verified.dropped)
  })

  it('while one that is asked to stop ends in order, with nothing lost', async () => {
    const folder = join(root, 'orderly')
    const recorder = spawn(process.execPath, [PROGRAM, 'record', 'simulator://pump-set', '--out', folder, '--json'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let out = ''
    recorder.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    await vi.waitFor(async () => expect((await readdir(folder)).some((file) => file.endsWith('.parquet'))).toBe(true), {
      timeout: 30_000,
      interval: 100,
    })
    const gone = once(recorder, 'exit')
    recorder.kill('SIGINT')
    expect(await gone).toEqual([0, null])
    const summary = JSON.parse(out) as { endedBy: string; produced: number; stored: number; dropped: number }
    expect(summary).toMatchObject({ endedBy: 'interrupt', dropped: 0, stored: summary.produced })
  })
})
