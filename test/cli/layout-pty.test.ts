import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { ROOT, TerminalRun } from './terminal-run.js'

const SITE = `site: works # kept by hand
sensors:
  pump-247/current:
    { address: "simulator://pump-set/pump-247/motor-current", kind: current, unit: A, range: { low: 0, high: 100 } }
`

async function plant(): Promise<AsyncDisposable & { readonly folder: string; watch(args: readonly string[]): TerminalRun }> {
  const folder = await mkdtemp(join(tmpdir(), 'works-'))
  await writeFile(join(folder, 'chatterfix.yaml'), SITE)
  const program = [process.execPath, `${ROOT}/bin/run.js`] as const
  return {
    folder,
    watch: (args) =>
      new TerminalRun(['watch', ...args], { columns: 120, rows: 34 }, { XDG_CONFIG_HOME: folder, HOME: folder }, program, folder),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}

async function type(run: TerminalRun, keys: string, what: string, isSo: (screen: string) => boolean): Promise<void> {
  run.pty.write(keys)
  await run.until(what, () => isSo(run.screen))
}

describe.skipIf(!existsSync(`${ROOT}/dist/commands/watch.js`))(
  'watch, arranged and commissioned by real keys',
  { concurrent: true, timeout: 60_000 },
  () => {
    it('splits, picks, saves for everybody in the site file, and shows it again by --layout', async () => {
      await using works = await plant()
      using run = works.watch(['--layout', 'table'])
      await run.until('the table shows alone', () => run.screen.includes('▸1 sensors') && !run.screen.includes('charts'))
      await type(run, 'L', 'the keys change', (screen) => screen.includes('ARRANGE'))
      await type(run, '|', 'views can be picked', (screen) => screen.includes('view for this pane'))
      await type(run, 'gauge', 'the gauge is found', (screen) => /▸ gauge/.test(screen))
      await type(run, '\r', 'it shows', (screen) => /▸gauge/.test(screen) && screen.includes('range'))
      await type(run, 'S', 'the name is asked for', (screen) => screen.includes('in the site file as:'))
      await type(run, 'night', 'it is typed', (screen) => screen.includes('as: night'))
      await type(run, '\r', 'it is kept', (screen) => screen.includes('kept in'))
      run.pty.write('q')
      await run.ended()
      expect(await readFile(join(works.folder, 'chatterfix.yaml'), 'utf8')).toMatch(/# kept by hand[^]*layouts:\n {2}night:/)
      using again = works.watch(['--layout', 'night'])
      await again.until('both panes show', () => again.screen.includes('▸1 sensors') && again.screen.includes('gauge'))
      again.pty.write('q')
      await again.ended()
      expect(again.exitCode).toBe(0)
    })

    it('says which layouts there are before it begins with a wrong one', async () => {
      await using works = await plant()
      using run = works.watch(['--layout', 'tabel'])
      await run.ended()
      expect(run.exitCode).toBe(2)
      expect(run.screen).toContain('perhaps you meant table')
    })

    it('keeps as found and a signature on the disk at once, also when it is killed', async () => {
      await using works = await plant()
      const journal = join(works.folder, 'chatterfix.commissioning.jsonl')
      using run = works.watch(['--layout', 'commissioning'])
      await run.until('the checklist shows', () => run.screen.includes('0 of 1 signed') && /✓ alive/.test(run.screen))
      await type(run, 'f', 'the name is asked for', (screen) => screen.includes('who works here?'))
      await type(run, 'Ada\r', 'the reference is asked for', (screen) => screen.includes('what does the reference say?'))
      await type(run, '59\r', 'it is captured', (screen) => screen.includes('reference 59'))
      await type(run, 'S', 'the signature is asked for', (screen) => screen.includes('type your name to sign'))
      await type(run, 'Ada\r', 'it is signed', (screen) => screen.includes('1 of 1 signed'))
      await run.until('it is on the disk', () => existsSync(journal))
      run.pty.kill('SIGKILL')
      await run.ended()
      const kinds = (await readFile(journal, 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { kind: string }).kind)
      expect(kinds).toEqual(['capture', 'sign-off'])
      using again = works.watch(['--layout', 'commissioning'])
      await again.until(
        'the signature is still there',
        () => again.screen.includes('1 of 1 signed') && again.screen.includes('reference 59'),
      )
      again.pty.write('q')
      await again.ended()
    })
  },
)
