import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fakeDevice, putRegisters } from '../fakes/modbus/device.js'
import { BEHAVIOURS, type FakeServer, startFakeServer } from '../fakes/modbus/server.js'
import { runCli } from './run-cli.js'
import { ROOT, TerminalRun } from './terminal-run.js'

const WIDE = { columns: 120, rows: 32 }
const ENTER = '\r'
const PROGRAM = [process.execPath, `${ROOT}/bin/run.js`] as const

let folder: string
let server: FakeServer
const device = fakeDevice({ identification: new Map([[0, 'Acme']]) })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watch-work-'))
  putRegisters(device.holding, 10, [40])
  server = await startFakeServer(new Map([[7, BEHAVIOURS.fine(device)]]))
  const address = `modbus-tcp://127.0.0.1:${server.port}/7/holding/10`
  await writeFile(
    join(folder, 'chatterfix.yaml'),
    `site: plant\nassets: { pump-247: {} }\nsensors:\n  pump-247/setpoint: { address: "${address}", kind: temperature, unit: °C, writable: true, range: { low: 5, high: 60 }, limits: { warning_high: 41 } }\n`,
  )
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

async function started(args: readonly string[]): Promise<TerminalRun> {
  const env = { XDG_DATA_HOME: folder, CHATTERFIX_LICENSE_SERVER: 'http://127.0.0.1:9', CHATTERFIX_LICENSE_CUSTOMER: 'acme' }
  const run = new TerminalRun(args, WIDE, env, PROGRAM, folder)
  await run.until('values show', () => /setpoint\s+4\d [°o]C/.test(run.screen))
  return run
}

async function pressing(run: TerminalRun, keys: string, what: string, isSo: (screen: string) => boolean): Promise<void> {
  run.pty.write(keys)
  await run.until(what, () => isSo(run.screen))
}

describe.skipIf(!existsSync(`${ROOT}/dist/commands/watch.js`))('work from the dashboard, by real keys', { timeout: 60_000 }, () => {
  it('records, marks, writes what raises an alarm, acknowledges it, ends; all of it is in the recording', async () => {
    using run = await started(['watch', '--allow-write'])
    const press = (keys: string, what: string, isSo: (screen: string) => boolean) => pressing(run, keys, what, isSo)
    await press(':layout table\r', 'the table is alone', (screen) => !screen.includes('3 charts'))
    await press('8', 'nothing is recorded', (screen) => screen.includes('nothing is being recorded'))
    await press('r', 'a folder is proposed', (screen) => /record into: run-\d{8}T\d{6}Z/.test(screen))
    await press('\u0015', 'the proposal is cleared', (screen) => screen.includes('record into: ▏'))
    await press(`as-found${ENTER}`, 'it records', (screen) => /REC +[\d,]+ taken/.test(screen) && screen.includes('as-found'))
    await press('n', 'words are asked for', (screen) => screen.includes('mark: '))
    await press(`valve opened${ENTER}`, 'the mark shows', (screen) => screen.includes('⚑ valve opened'))
    await press(`:write${ENTER}`, 'nothing is to be written', (screen) => screen.includes('▸write'))
    await press('e', 'a value is asked for', (screen) => screen.includes('new value in °C: '))
    await press(`42${ENTER}`, 'old and new show', (screen) => /old +40 °C/.test(screen) && /new +42 °C +allowed 5 to 60/.test(screen))
    expect(device.holding.get(10)).toBe(40)
    await press(ENTER, 'the name is asked for', (screen) => screen.includes('type pump-247 to write: '))
    await press(`pump-247${ENTER}`, 'it is read back', (screen) => screen.includes('pump-247/setpoint is 42, it was 40'))
    await press('6', 'the alarm stands', (screen) => /UNACK +H +pump-247\/setpoint +now 42 °C/.test(screen))
    await press('a', 'it is acknowledged', (screen) => / ack +H +pump-247\/setpoint/.test(screen))
    await press('8x', 'it asks', (screen) => screen.includes('y or n'))
    await press(`y${ENTER}`, 'it is kept', (screen) => /made +as-found: \d+ stored/.test(screen))
    run.pty.write('q')
    await run.ended()
    expect(run.screen).toMatch(/recorded as-found: \d+ stored, 0 dropped/)
    const query = await runCli(['query', 'SELECT text FROM events', '-r', 'as-found', '--format', 'csv'], { cwd: folder })
    for (const text of ['valve opened', 'alarm: 42 °C is at or above H 41 °C', 'acknowledged by', 'is 42, it was 40'])
      expect(query.stdout).toContain(text)
    const journal = await readFile(join(folder, 'chatterfix', 'writes.jsonl'), 'utf8')
    expect(journal).toContain('"event":"written"')
  })

  it('asks the licence server on a key, copies and keeps what is shown', async () => {
    using run = await started(['watch'])
    await pressing(run, '9', 'nobody was asked', (screen) => screen.includes('no licence server was asked'))
    await pressing(run, 'r', 'the server does not answer', (screen) => screen.includes('no answer to go by'))
    await pressing(run, `1:copy${ENTER}`, 'it was copied', (screen) => screen.includes('given to the terminal: 4'))
    expect(run.bytes).toContain('\u001b]52;c;')
    await pressing(run, `:snapshot shot.svg${ENTER}`, 'it is kept', (screen) => screen.includes('kept as'))
    expect(await readFile(join(folder, 'shot.svg'), 'utf8')).toContain('setpoint')
    run.pty.write('q')
    await run.ended()
  })

  it('replays with a pause, another speed and another time', async () => {
    await runCli(['record', '--out', 'short', '--for', '2s'], { cwd: folder })
    using run = await started(['replay', 'short', '--speed', 'max'])
    await pressing(run, '8', 'the end is reached', (screen) => screen.includes('■ at the end'))
    await pressing(run, '----', 'it is slow', () => true)
    await pressing(run, `t`, 'a time is asked for', (screen) => screen.includes('go to: '))
    await pressing(run, `-1s${ENTER}`, 'it runs again', (screen) => screen.includes('▶ replay ×'))
    await pressing(run, 'p', 'it is paused', (screen) => screen.includes('⏸ paused') || screen.includes('at the end'))
    run.pty.write('q')
    await run.ended()
    expect(run.exitCode).toBe(0)
  })

  it('replays as the flags of watch have it look', async () => {
    await runCli(['record', '--out', 'plain', '--for', '2s'], { cwd: folder })
    const looks = ['--ascii', '--colours', 'none', '--no-mouse', '--layout', 'table', '--filter', 'setp']
    using run = await started(['replay', 'plain', '--speed', 'max', ...looks])
    expect(run.screen).not.toContain('charts')
    expect(run.bytes).not.toMatch(/[\u2500-\u28ff]/)
    expect(run.bytes).not.toMatch(/\u001b\[[\d;]*\b(3[0-8]|4[0-8]|9[0-7])\b[\d;]*m/)
    expect(run.bytes).not.toContain('\u001b[?1000h')
    run.pty.write('q')
    await run.ended()
  })
})
