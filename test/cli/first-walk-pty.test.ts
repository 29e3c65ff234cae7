import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runCli } from './run-cli.js'
import { ROOT, TerminalRun } from './terminal-run.js'

const SIZE = { columns: 80, rows: 24 }
const root = mkdtempSync(join(tmpdir(), 'walk-'))

afterAll(() => rmSync(root, { recursive: true, force: true }))

describe.skipIf(!existsSync(`${ROOT}/dist/commands/watch.js`))('watch where there is no site file', { timeout: 60_000 }, () => {
  it('leads a stranger from nothing to values on the screen and a saved site', async () => {
    const folder = mkdtempSync(join(root, 'stranger-'))
    using run = new TerminalRun(['watch'], SIZE, {}, undefined, folder)
    await run.until('it asks where to look', () => run.screen.includes('where to look') && run.screen.includes('this machine'))
    // Neither this machine nor its ports: only the built-in plant, which is the last place.
    run.pty.write(' G ')
    await run.until('the plant is chosen alone', () => /\[ \] this machine/.test(run.screen) && /\[x\] the built-in plant/.test(run.screen))
    run.pty.write('gj ')
    await run.until('the ports are not', () => /\[ \] serial ports/.test(run.screen))
    run.pty.write('\r')
    await run.until('the plant is found', () => /\[x\] simulator:\/\/pump-set/.test(run.screen) && run.screen.includes('search is over'))
    run.pty.write('\r')
    await run.until('its sensors are offered', () => run.screen.includes('save as: chatterfix.yaml'))
    run.pty.write('\r')
    await run.until('values show', () => /motor-current\s+\d+\.\d+ A/.test(run.screen))
    run.pty.write('q')
    await run.ended()
    expect(run.exitCode).toBe(0)
    expect(run.modes['screen']).toBe('normal')
    expect(readFileSync(join(folder, 'chatterfix.yaml'), 'utf8')).toContain('simulator://pump-set/')
  })

  it('gives the terminal back and writes nothing when the stranger leaves', async () => {
    const folder = mkdtempSync(join(root, 'left-'))
    using run = new TerminalRun(['watch'], SIZE, {}, undefined, folder)
    await run.until('it asks where to look', () => run.screen.includes('where to look'))
    run.pty.write('q')
    await run.ended()
    expect(run.exitCode).toBe(130)
    expect(run.modes).toMatchObject({ screen: 'normal', cursor: 'shown', sendFocusMode: false })
    expect(run.screen).toContain('nothing was written')
    expect(run.screen).not.toMatch(/error/i)
    expect(existsSync(join(folder, 'chatterfix.yaml'))).toBe(false)
  })

  it('says without a terminal what to try', async () => {
    const { code, stderr } = await runCli(['watch'], { cwd: mkdtempSync(join(root, 'pipe-')) })
    expect(code).toBe(2)
    expect(stderr).toContain('SITE_FILE_MISSING')
    for (const command of ['chatterfix discover', 'chatterfix init localhost', '--site FILE']) expect(stderr).toContain(command)
  })
})
