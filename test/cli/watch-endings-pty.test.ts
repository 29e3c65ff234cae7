import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, describe, expect, it } from 'vitest'
import { runCli } from './run-cli.js'
import { ROOT, TerminalRun } from './terminal-run.js'

const SIZE = { columns: 90, rows: 24 }
const PLANT = 'simulator://pump-set'
const root = mkdtempSync(join(tmpdir(), 'endings-'))
const UNTOUCHED = new TerminalRun([], SIZE, {}, ['true']).modes

afterAll(() => rmSync(root, { recursive: true, force: true }))

async function shows(run: TerminalRun): Promise<void> {
  await run.until('values show', () => run.terminal.buffer.active.type === 'alternate' && /motor-current\s+\d+\.\d+ A/.test(run.screen))
}

async function watching(...args: readonly string[]): Promise<TerminalRun> {
  const run = new TerminalRun(['watch', PLANT, ...args], SIZE)
  await shows(run)
  return run
}

/** A shell whose terminal was measured with stty before, and is again once the prompt is back. */
async function inShell(): Promise<TerminalRun> {
  const run = new TerminalRun([], SIZE, { PS1: 'ready> ', HISTFILE: '/dev/null' }, ['/bin/bash', '--norc', '--noprofile', '-i'])
  await run.until('the prompt shows', () => run.screen.includes('ready>'))
  return run
}

function parts(folder: string): number {
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.parquet')).length : 0
}

const isBuilt = existsSync(`${ROOT}/dist/commands/watch.js`)

describe.skipIf(!isBuilt || process.platform === 'win32')('watch gives the terminal back', { concurrent: true, timeout: 60_000 }, () => {
  it.each(['q', '\u0003'])('on the key %j', async (key) => {
    using run = await watching()
    run.pty.write(key)
    await run.ended()
    expect(run.modes).toEqual(UNTOUCHED)
    expect(run.exitCode).toBe(0)
  })

  it.each(['SIGTERM', 'SIGHUP', 'SIGINT'])('on %s', async (signal) => {
    using run = await watching()
    run.pty.kill(signal)
    await run.ended()
    expect(run.modes).toEqual(UNTOUCHED)
  })

  it('with the line settings that the shell had, and to the shell while it is suspended', async () => {
    using run = await inShell()
    const settings = (name: string): string => join(root, name)
    run.pty.write(`stty -a > ${settings('before')}; ${process.execPath} ${ROOT}/bin/run.js watch ${PLANT}\r`)
    await shows(run)
    run.pty.write('\u001a')
    await run.until('the shell has its terminal', () => run.modes['screen'] === 'normal' && /Stopped/.test(run.screen))
    run.pty.write(`stty -a > ${settings('meanwhile')}; fg\r`)
    await shows(run)
    run.pty.write('q')
    await run.until('it has ended', () => /watched \d+ readings/.test(run.screen))
    run.pty.write(`stty -a > ${settings('after')}; echo measured\r`)
    await run.until('it is measured', () => /^measured/m.test(run.screen))
    const before = readFileSync(settings('before'), 'utf8')
    expect(before).toContain('echo')
    expect(readFileSync(settings('meanwhile'), 'utf8')).toBe(before)
    expect(readFileSync(settings('after'), 'utf8')).toBe(before)
    expect({ ...run.modes, bracketedPasteMode: false }).toEqual(UNTOUCHED)
    run.pty.write('exit\r')
    await run.ended()
  })

  it('when it is suspended where nobody can continue it: it goes on', async () => {
    // The program leads its session here, so the system does not stop it.
    using run = await watching()
    run.pty.write('\u001a')
    await run.until('it was away', () => run.bytes.includes('\u001b[?1049l'))
    await shows(run)
    run.pty.write('q')
    await run.ended()
    expect(run.modes).toEqual(UNTOUCHED)
  })
})

describe.skipIf(!isBuilt || process.platform === 'win32')('a recording that is to be kept', { concurrent: true, timeout: 60_000 }, () => {
  it('goes on when the dashboard is left, and ends in order with Ctrl-C', async () => {
    const folder = join(root, 'left')
    using run = await watching('--record', folder, '--keep-recording', '--flush', '200ms')
    run.pty.write('q')
    await run.until('it says that it goes on', () => run.screen.includes('recording goes on into'))
    expect(run.modes).toEqual(UNTOUCHED)
    const before = parts(folder)
    await run.until('more is recorded', () => parts(folder) > before + 1)
    run.pty.write('\u0003')
    await run.ended()
    expect(run.screen).toMatch(/produced (\d+) = stored \1 \+ dropped 0/)
  })

  it('goes on when the terminal hangs up, and is complete when the process is asked to end', async () => {
    const folder = join(root, 'hung-up')
    using run = await watching('--record', folder, '--keep-recording', '--flush', '200ms')
    hangUp(run)
    const before = parts(folder)
    await run.until('more is recorded', () => parts(folder) > before + 2)
    process.kill(run.pty.pid, 'SIGTERM')
    await run.until('it has ended', () => !isAlive(run.pty.pid))
    const verified = await runCli(['recordings', 'verify', folder, '--json'])
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, state: 'complete' })
  })

  it('ends in order when the terminal hangs up and nobody asked for more', async () => {
    const folder = join(root, 'not-kept')
    using run = await watching('--record', folder)
    hangUp(run)
    await run.until('it has ended', () => !isAlive(run.pty.pid))
    const verified = await runCli(['recordings', 'verify', folder, '--json'])
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, state: 'complete' })
  })

  it('is a mistake where nothing is recorded', async () => {
    const { code, stderr } = await runCli(['watch', PLANT, '--keep-recording'])
    expect(code).toBe(2)
    expect(stderr).toContain('--record')
  })
})

/** The far end closes, as when a window is closed or a line breaks: the system sends SIGHUP, and writes fail from now on. */
function hangUp({ pty }: TerminalRun): void {
  ;(pty as unknown as { destroy(): void }).destroy()
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}
