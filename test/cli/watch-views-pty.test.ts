import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ROOT, TerminalRun } from './terminal-run.js'

const PLANT = 'simulator://pump-set'

async function watching(args: readonly string[] = []): Promise<TerminalRun> {
  const run = new TerminalRun(['watch', PLANT, ...args], { columns: 110, rows: 34 })
  await run.until('values show', () => /motor-current\s+\d+\.\d+ A/.test(run.screen))
  return run
}

describe.skipIf(!existsSync(`${ROOT}/dist/commands/watch.js`))(
  'the views of watch, by real keys',
  { concurrent: true, timeout: 60_000 },
  () => {
    it('go by number keys, one pane after the other by Tab, and one alone by z', async () => {
      using run = await watching()
      const shows = async (keys: string, what: string, seen: (screen: string) => boolean): Promise<void> => {
        run.pty.write(keys)
        await run.until(what, () => seen(run.screen))
      }
      await shows('2', 'the detail shows', (screen) => /▸2 detail/.test(screen) && /readings\s+\d/.test(screen))
      await shows('5', 'the devices show', (screen) => /▸5 devices/.test(screen) && screen.includes('simulator://'))
      await shows('7', 'the log shows', (screen) => screen.includes('▸7 log'))
      await shows('8', 'nothing is recorded', (screen) => screen.includes('because nothing is being recorded'))
      await shows('9', 'the licence is not known', (screen) => screen.includes('no licence server was asked'))
      await shows('1', 'the table is back', (screen) => screen.includes('▸1 sensors') && screen.includes('motor-current'))
      await shows('\t', 'the next pane has the focus', (screen) => /[▸]3 charts/.test(screen) && screen.includes(' 1 sensors'))
      await shows('z', 'it is alone', (screen) => screen.includes('▸3 charts') && !screen.includes('1 sensors'))
      run.pty.write('q')
      await run.ended()
      expect(run.exitCode).toBe(0)
    })

    it('go by the command bar, and a sensor is found by some of its letters', async () => {
      using run = await watching()
      run.pty.write(':devi')
      await run.until('the list shows', () => /▸ devices/.test(run.screen))
      run.pty.write('\r')
      await run.until('the devices show', () => run.screen.includes('▸5 devices'))
      run.pty.write(':layout table\r')
      await run.until('the table is alone', () => run.screen.includes('▸1 sensors') && !run.screen.includes('3 charts'))
      run.pty.write(':motpow\r')
      await run.until('the sensor is selected', () => /▸\s+pump-247\/motor-power/.test(run.screen))
      run.pty.write('q')
      await run.ended()
    })

    it('show sensors under their assets, and other columns', async () => {
      using run = await watching(['--filter', 'motor'])
      expect(run.screen).toMatch(/sensors \d+ of 18/)
      run.pty.write('t')
      await run.until('assets show', () => /−\s+pump-247\s+\d/.test(run.screen))
      run.pty.write('\u001b[H\u001b[D')
      await run.until('one is folded', () => /\+\s+pump-247\s+\d/.test(run.screen) && !/pump-247.motor-power\s+\d/.test(run.screen))
      run.pty.write('\u001b[Ctc')
      await run.until('columns are listed', () => /\[x\] value/.test(run.screen))
      run.pty.write('j \r')
      await run.until('the values are gone', () => !/value\s+unit/.test(run.screen) && run.screen.includes('motor-current'))
      run.pty.write('q')
      await run.ended()
    })
  },
)
