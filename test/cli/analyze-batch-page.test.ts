import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { lockResults } from '../../src/batch-analysis/results-lock.js'
import { createRecordingSink } from '../../src/sinks/recording/recording-sink.js'
import { syntheticRecord } from '../analysis/synthetic-bearing.js'
import { recordedLog, runOf, systemClock, T0, temporaryFolder, VIBRATION, waveformOf } from '../sinks/recording/material.js'
import { runCli } from './run-cli.js'

const BEARING = ['--bearing', 'n=9,d=7.94,D=39.04']

async function routeOf(names: Readonly<Record<string, Float32Array>>): Promise<string> {
  const folder = join(await temporaryFolder(), 'route')
  await mkdir(folder, { recursive: true })
  for (const [name, samples] of Object.entries(names)) {
    await writeFile(join(folder, `${name}.f32`), samples)
    await writeFile(join(folder, `${name}.json`), JSON.stringify({ fs: 25_600, unit: 'm/s²', rpm: 1482 }))
  }
  return folder
}

const record = (fault: 'outer-race' | null, seed: number) => Float32Array.from(syntheticRecord({ fault, seed, durationS: 2 }))

describe('many files', { timeout: 120_000 }, () => {
  it('become a page, worst first, whose rows lead to their sections; also what an earlier run kept', async () => {
    const folder = await routeOf({ a: record(null, 1), '<b>&"': record('outer-race', 2), c: record(null, 3) })
    await writeFile(join(folder, 'd.wav'), 'no waves')
    const [out, page] = [join(folder, '..', 'r.jsonl'), join(folder, '..', 'r.html')]
    await runCli(['analyze', 'vibration', folder, ...BEARING, '--out', out])
    await runCli(['analyze', 'vibration', folder, ...BEARING, '--out', out, '--report', page])
    const html = await readFile(page, 'utf8')
    const targets = [...html.matchAll(/<a href="#(c\d+)">([^<]*)<\/a>/g)]
    expect(targets.map(([, , name = '']) => name.slice(name.lastIndexOf('/') + 1))).toEqual([
      '&lt;b&gt;&amp;&quot;.f32',
      'd.wav',
      'a.f32',
      'c.f32',
    ])
    for (const [, id = ''] of targets) expect(html).toContain(`id="${id}"`)
    expect(html).toContain('Vibration of 3 channels')
    expect(html).not.toMatch(/<b>&|NaN|undefined|<script/)
    const { code, stderr } = await runCli(['analyze', 'vibration', folder, '--report', join(folder, 'r.svg')])
    expect([code, stderr]).toEqual([2, expect.stringContaining('.html')])
  })

  it('are kept by one program at a time, and a lock of a program that is gone holds nobody up', async () => {
    const folder = await routeOf({ a: record(null, 1) })
    const out = join(folder, '..', 'r.jsonl')
    {
      await using held = new AsyncDisposableStack()
      held.use(await lockResults(out, '2026-11-22T00:00:00Z'))
      const { code, stderr } = await runCli(['analyze', 'vibration', folder, '--out', out])
      expect([code, stderr]).toEqual([4, expect.stringContaining(`process ${process.pid}`)])
    }
    await mkdir(`${out}.lock`)
    await writeFile(join(`${out}.lock`, 'recorder-1.lock'), JSON.stringify({ pid: 0, host: hostname(), incarnation: null, since: '' }))
    expect((await runCli(['analyze', 'vibration', folder, '--out', out])).code).toBe(0)
    await expect(access(`${out}.lock`)).rejects.toThrow('ENOENT')
  })

  it('that Ctrl-C interrupts keep what is done, tell what is left, end with 130, and go on later', async () => {
    const folder = await routeOf(Object.fromEntries(Array.from({ length: 12 }, (_, k) => [`m${k}`, record(null, k)])))
    const out = join(folder, '..', 'r.jsonl')
    const words = ['analyze', 'vibration', folder, '--out', out, '--jobs', '1', '--jsonl']
    const child = spawn(process.execPath, [fileURLToPath(new URL('../../bin/run.js', import.meta.url)), ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let told = ''
    child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
    const ended = once(child, 'close')
    await once(child.stdout, 'data')
    child.stdout.resume()
    child.kill('SIGINT')
    expect((await ended)[0]).toBe(130)
    expect(told).toMatch(/12 files: \d+ analysed, \d+ not reached/)
    const rest = JSON.parse((await runCli(['analyze', 'vibration', folder, '--out', out, '--json'])).stdout) as Record<string, number>
    expect(rest['skipped']).toBeGreaterThan(0)
    expect((rest['analysed'] ?? 0) + (rest['skipped'] ?? 0)).toBe(12)
  })

  it('may hold a recording, which counts as one; channels of a file that are copies say so', async () => {
    const folder = await routeOf({})
    const samples = record(null, 5)
    const twice = Float32Array.from({ length: 2 * samples.length }, (_, k) => samples[k >> 1] ?? 0)
    await writeFile(join(folder, 'two.f32'), twice)
    await writeFile(join(folder, 'two.json'), JSON.stringify({ fs: 25_600, unit: 'g', channels: ['left', 'right'] }))
    await copyFile(join(folder, 'two.json'), join(folder, 'notes.txt'))
    const sink = createRecordingSink({ folder: join(folder, 'run'), clock: systemClock, log: recordedLog(), flushIntervalMs: 1000 })
    await sink.start(runOf([VIBRATION]))
    await sink.take(waveformOf({ startedAt: T0, samples: samples.slice(0, 25_600), sequence: 0 }))
    await sink.close('duration')
    const { stdout } = await runCli(['analyze', 'vibration', folder, '--json'])
    const { files, results } = JSON.parse(stdout) as { files: number; results: { channel: string; warnings: string[] }[] }
    expect(files).toBe(2)
    expect(results.map(({ channel }) => channel).sort()).toEqual(['left', VIBRATION.key, 'right'].sort())
    for (const { channel, warnings } of results)
      expect([channel, warnings.some((each) => /cop(y|ies)/.test(each))]).toEqual([channel, channel !== VIBRATION.key])
  })
})
