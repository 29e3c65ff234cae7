import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ROOT, TerminalRun } from './terminal-run.js'

const PLANT = 'simulator://pump-set'
const root = mkdtempSync(join(tmpdir(), 'terminal-'))

afterAll(() => rmSync(root, { recursive: true, force: true }))

async function watching(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<TerminalRun> {
  const run = new TerminalRun(['watch', PLANT, ...args], { columns: 90, rows: 24 }, env)
  await run.until('values show', () => /motor-current\s+\d+\.\d+ A/.test(run.screen))
  return run
}

describe.skipIf(!existsSync(`${ROOT}/dist/commands/watch.js`))(
  'watch on terminals of all kinds',
  { concurrent: true, timeout: 60_000 },
  () => {
    it('follows clicks and the wheel', async () => {
      using run = await watching()
      const row = run.screen.split('\n').findIndex((line) => line.includes('pump-247/flow'))
      run.pty.write(`\u001b[<0;10;${row + 1}M\u001b[<0;10;${row + 1}m`)
      await run.until('the clicked sensor is charted', () => /charts pump-247\/flow/.test(run.screen))
      run.pty.write(`\u001b[<64;10;${row + 1}M`)
      await run.until('the wheel went up', () => /charts pump-247\/drive-end-temperature|charts pump-247\/motor-winding/.test(run.screen))
      run.pty.write('q')
      await run.ended()
      expect(run.modes).toMatchObject({ mouseTrackingMode: 'none', sendFocusMode: false })
    })

    it('leaves the mouse alone with --no-mouse, and writes ASCII only on the Linux console', async () => {
      using run = await watching(['--no-mouse'], { TERM: 'linux' })
      run.pty.write('q')
      await run.ended()
      expect(run.bytes).not.toContain('\u001b[?1000h')
      expect(run.bytes).not.toMatch(/[^\u0000-\u007f]/)
    })

    it('draws a frame a second while another window has the focus, and at once when it comes back', async () => {
      using run = await watching()
      const frames = () => run.bytes.split('\u001b[?2026h').length
      run.pty.write('\u001b[O')
      await run.until('frames come slowly', () => true)
      const before = frames()
      await new Promise((resolve) => setTimeout(resolve, 2200))
      expect(frames() - before).toBeLessThanOrEqual(4)
      run.pty.write('\u001b[I')
      run.pty.write('q')
      await run.ended()
    })

    it('speaks lines with --screen-reader, answers what is typed, and never moves the cursor', async () => {
      using run = new TerminalRun(['watch', PLANT, '--screen-reader'], { columns: 90, rows: 24 })
      await run.until('it speaks', () => /connection simulator:\/\/pump-set\S*: live/.test(run.screen))
      run.pty.write('motor-current\r')
      await run.until('it answers', () => /pump-247\/motor-current: \d+\.\d+ A/.test(run.screen))
      run.pty.write('q\r')
      await run.ended()
      expect(run.exitCode).toBe(0)
      expect(run.bytes).not.toContain('\u001b[')
    })

    it('goes on recording while the terminal takes nothing, and then says that the line is slow', async () => {
      const folder = join(root, 'stalled')
      using run = await watching(['--record', folder, '--flush', '200ms'])
      const parts = () => (existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.parquet')).length : 0)
      // What a terminal that stopped reading does to us: the far end's buffer fills.
      run.pty.pause()
      const before = parts()
      await run.until('more is recorded all the while', () => {
        run.pty.write('\u000c')
        return parts() > before + 20
      })
      run.pty.resume()
      await run.until('it says so', () => run.screen.includes('slow line'))
      run.pty.write('q')
      await run.ended()
      expect(run.screen).toMatch(/produced (\d+) = stored \1 \+ dropped 0/)
    })
  },
)
