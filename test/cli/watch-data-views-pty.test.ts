import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ROOT, TerminalRun } from './terminal-run.js'

async function watching(): Promise<TerminalRun> {
  const run = new TerminalRun(['watch', 'simulator://pump-set?fault=bearing'], { columns: 110, rows: 34 })
  await run.until('values show', () => /motor-current\s+\d+\.\d+ A/.test(run.screen))
  return run
}

async function shows(run: TerminalRun, keys: string, what: string, seen: (screen: string) => boolean): Promise<void> {
  run.pty.write(keys)
  await run.until(what, () => seen(run.screen))
}

describe.skipIf(!existsSync(`${ROOT}/dist/commands/watch.js`))(
  'detail, charts and spectrum, by real keys',
  { concurrent: true, timeout: 60_000 },
  () => {
    it('show spectrum, envelope, waterfall and samples of a sensor that sends them', async () => {
      using run = await watching()
      await shows(run, 'z4', 'the spectrum is alone', (screen) => /▸4 spectrum/.test(screen) && !screen.includes('1 sensors'))
      await run.until('blocks have come', () => run.screen.includes('drive-end-acceleration'))
      await shows(run, 'j', 'a spectrum shows', (screen) => /spectrum {2}.*m\/s² peak/.test(screen) && /samples at 25\.6 kHz/.test(screen))
      await shows(run, 'n', 'the cursor stands on a line', (screen) => /Hz {2}[\d.]+ m\/s² peak/.test(screen))
      await shows(run, 's', 'an envelope shows', (screen) => /band .* by kurtogram/.test(screen))
      await shows(run, 's', 'a waterfall shows', (screen) => /newest │/.test(screen))
      await shows(run, 's', 'the samples show', (screen) => /waveform {2}[\d,]+ samples/.test(screen))
      run.pty.write('q')
      await run.ended()
      expect(run.exitCode).toBe(0)
    })

    it('zoom, keep sensors, give each a strip and tell the values under a cursor', async () => {
      using run = await watching()
      await shows(run, '3z', 'the chart is alone', (screen) => /▸3 charts/.test(screen) && !screen.includes('1 sensors'))
      await shows(run, '-', 'a minute shows', (screen) => screen.includes('−60 s'))
      await shows(run, 'aj', 'two sensors show', (screen) => /2 sensors/.test(screen) && / A .* B /s.test(screen))
      await shows(run, 'ooo', 'each has a strip', (screen) => screen.includes('a strip each'))
      await shows(run, '\r', 'the cursor stands', (screen) => /\d\d:\d\d:\d\d\s+now/.test(screen))
      await shows(run, '[', 'the past stands still', (screen) => /\d\d:\d\d:\d\d \(60 s\)/.test(screen))
      await shows(run, '\u001b', 'it goes on', (screen) => /−30 s .* now/.test(screen))
      await shows(run, '2', 'the detail shows', (screen) => /▸2 detail/.test(screen) && /shown [\d.]+ …/.test(screen))
      await shows(run, 'f', 'all facts show', (screen) => /raw\s+not known/.test(screen))
      run.pty.write('q')
      await run.ended()
      expect(run.exitCode).toBe(0)
    })
  },
)
