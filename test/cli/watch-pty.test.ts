import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { ROOT, TerminalRun } from './terminal-run.js'

const PLANT = 'simulator://pump-set'
const LEAVES_ALTERNATE_SCREEN = '\u001b[?1049l'
const SHOWS_CURSOR = '\u001b[?25h'

async function watching(
  size: { readonly columns: number; readonly rows: number },
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<TerminalRun> {
  const run = new TerminalRun(['watch', PLANT, ...args], size, env)
  await run.until('values show', () => /motor-current\s+\d+\.\d+ A/.test(run.screen))
  return run
}

function expectRestored(run: TerminalRun): void {
  expect(run.terminal.buffer.active.type).toBe('normal')
  expect(run.bytes.lastIndexOf(LEAVES_ALTERNATE_SCREEN)).toBeGreaterThan(run.bytes.lastIndexOf('\u001b[?1049h'))
  expect(run.bytes.lastIndexOf(SHOWS_CURSOR)).toBeGreaterThan(run.bytes.lastIndexOf('\u001b[?25l'))
  expect(run.terminal.modes.wraparoundMode).toBe(true)
  expect(run.terminal.modes.synchronizedOutputMode ?? false).toBe(false)
}

describe.skipIf(!existsSync(`${ROOT}/dist/commands/watch.js`))('watch on a terminal', { concurrent: true }, () => {
  it('shows values, survives 40 × 10 and 20 × 5, answers keys, and q gives the terminal back', async () => {
    using run = await watching({ columns: 100, rows: 30 })
    expect(run.terminal.buffer.active.type).toBe('alternate')
    run.resize(40, 10)
    await run.until(
      'the small screen shows values',
      () => /^.{40}$/m.test(run.screen.split('\n')[0]?.padEnd(40) ?? '') && /\d A/.test(run.screen),
    )
    run.resize(20, 5)
    await run.until('it says that this is too small', () => run.screen.includes('too small'))
    run.resize(100, 30)
    await run.until('it is back', () => run.screen.includes('motor-current'))
    run.pty.write('?')
    await run.until('help shows', () => run.screen.includes('any other key goes back'))
    run.pty.write('x/velocity\r')
    await run.until('the filter works', () => run.screen.includes('sensors 2 of 18') && !run.screen.includes('motor-power'))
    run.pty.write('q')
    await run.ended()
    expect(run.exitCode).toBe(0)
    expectRestored(run)
    expect(run.screen).toMatch(/watched \d+ readings/)
  })

  it.each(['SIGTERM', 'SIGHUP', 'SIGINT'])('gives the terminal back on %s', async (signal) => {
    using run = await watching({ columns: 80, rows: 24 })
    run.pty.kill(signal)
    await run.ended()
    expectRestored(run)
  })

  it('ends by itself after --for, records beside, and keeps a mark', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'watch-')), 'run')
    using run = await watching({ columns: 120, rows: 30 }, ['--for', '5s', '--record', folder])
    run.pty.write('m')
    await run.until('the mark shows', () => run.screen.includes('marked by hand'))
    await run.ended()
    expect(run.exitCode).toBe(0)
    expectRestored(run)
    expect(run.screen).toMatch(/produced (\d+) = stored \1 \+ dropped 0/)
    rmSync(join(folder, '..'), { recursive: true })
  })

  it('uses no colour where NO_COLOR asks for none', async () => {
    using run = await watching({ columns: 80, rows: 24 }, [], { NO_COLOR: '1' })
    run.pty.write('\u0003')
    await run.ended()
    expect(run.bytes.slice(0, run.bytes.lastIndexOf(LEAVES_ALTERNATE_SCREEN))).not.toMatch(/\u001b\[[\d;]*(3[0-7]|9[0-7])m/)
    expectRestored(run)
  })
})

describe.skipIf(!existsSync(`${ROOT}/dist/commands/watch.js`))('watch in a pipe', { concurrent: true }, () => {
  it('writes one line a reading and no escape sequence', async () => {
    const { out, code } = await piped(['--for', '1s'])
    const lines = out.split('\n').filter(Boolean)
    expect(lines.some((line) => /^\S+Z pump-247\/motor-current \d+(\.\d+)? A good$/.test(line))).toBe(true)
    expect(out).not.toContain('\u001b')
    expect(code).toBe(0)
  })

  it('writes objects with --jsonl', async () => {
    const { out } = await piped(['--for', '1s', '--jsonl'])
    const objects = out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { sensor?: string })
    expect(objects.find(({ sensor }) => sensor === 'pump-247/motor-current')).toMatchObject({
      unit: 'A',
      quality: { level: 'good', reason: null },
    })
  })

  it('ends quietly when the reader goes away', async () => {
    const { code, errors } = await piped([], 'first chunk')
    expect(code).toBe(0)
    expect(errors).toBe('')
  })
})

async function piped(
  args: readonly string[],
  reads: 'all' | 'first chunk' = 'all',
): Promise<{ readonly out: string; readonly errors: string; readonly code: number | null }> {
  const child = spawn(process.execPath, [`${ROOT}/bin/run.js`, 'watch', PLANT, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    if (reads === 'first chunk') child.stdout.destroy()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { out, errors, code }
}
