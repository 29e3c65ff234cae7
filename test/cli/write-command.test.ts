import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeDevice, putRegisters } from '../fakes/modbus/device.js'
import { BEHAVIOURS, type FakeServer, startFakeServer } from '../fakes/modbus/server.js'
import { runCli } from './run-cli.js'
import { ROOT, TerminalRun } from './terminal-run.js'

const WIDE = { columns: 110, rows: 30 }
const ENTER = '\r'
const CTRL_C = '\u0003'

const folders: string[] = []
let folder: string
let site: string
let server: FakeServer
const device = fakeDevice({
  identification: new Map([
    [0, 'Acme'],
    [1, 'PX-7'],
  ]),
})

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-cli-'))
  folders.push(folder)
  putRegisters(device.holding, 10, [40])
  server = await startFakeServer(new Map([[7, BEHAVIOURS.fine(device)]]))
  site = join(folder, 'site.yaml')
  const address = `modbus-tcp://127.0.0.1:${server.port}/7/holding/10`
  await writeFile(
    site,
    `site: plant\nassets: { pump-247: {} }\nsensors:\n  pump-247/setpoint: { address: "${address}", kind: temperature, unit: °C, writable: true, range: { low: 5, high: 60 } }\n`,
  )
})
afterEach(() => server.stop())
afterAll(() => Promise.all(folders.map((each) => rm(each, { recursive: true }))))

const wordsFor = (...more: readonly string[]): readonly string[] => ['write', 'pump-247/setpoint', '42', '--site', site, ...more]
const env = (): Readonly<Record<string, string>> => ({ XDG_DATA_HOME: folder })
const writesSeen = (): number => server.requests.filter(({ pdu }) => pdu[0] === 6).length

async function asking(): Promise<TerminalRun> {
  const run = new TerminalRun(wordsFor('--allow-write'), WIDE, env())
  await run.until('it asks for the name', () => run.screen.includes('type pump-247 to write:'))
  return run
}

describe.skipIf(!existsSync(`${ROOT}/dist/commands/write.js`))('write on a terminal', { timeout: 60_000 }, () => {
  it('shows old and new value, and writes once the name of the device is typed', async () => {
    using run = await asking()
    expect(run.screen).toMatch(/old +40 °C/)
    expect(run.screen).toMatch(/new +42 °C +allowed 5 to 60/)
    expect(writesSeen()).toBe(0)
    run.pty.write('pump-248\u007f7')
    await run.until('the name is corrected', () => run.screen.includes('to write: pump-247'))
    run.pty.write(ENTER)
    await run.ended()
    expect(run.exitCode).toBe(0)
    expect(run.screen).toContain('pump-247/setpoint is 42, it was 40')
    expect(device.holding.get(10)).toBe(42)
    const journal = (await readFile(join(folder, 'chatterfix', 'writes.jsonl'), 'utf8')).trim().split('\n')
    expect(journal.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(['begins', 'written'])
  })

  it.each([
    ['another name', 'pump-248'],
    ['yes', 'yes'],
    ['nothing', ''],
  ])('writes nothing for %s', async (_, typed) => {
    using run = await asking()
    run.pty.write(`${typed}${ENTER}`)
    await run.ended()
    expect(run.exitCode).toBe(4)
    expect(run.screen).toContain('WRITE_UNCONFIRMED')
    expect(writesSeen()).toBe(0)
  })

  it('writes nothing after Ctrl-C, and gives the terminal back', async () => {
    using run = await asking()
    run.pty.write(CTRL_C)
    await run.ended()
    expect(run.exitCode).toBe(130)
    expect(writesSeen()).toBe(0)
    expect(existsSync(join(folder, 'chatterfix', 'writes.jsonl'))).toBe(false)
  })
})

describe.skipIf(!existsSync(`${ROOT}/dist/commands/write.js`))('write without a terminal', { timeout: 60_000 }, () => {
  it('asks nothing, refuses, and tells the hash that a script gives instead', async () => {
    const refused = await runCli(wordsFor('--allow-write'), { env: env() })
    expect(refused.code).toBe(4)
    expect(refused.stderr).toContain('error WRITE_UNASKED')
    const [, hash = ''] = /--confirm ([0-9a-f]{16})/.exec(refused.stderr) ?? []
    expect(writesSeen()).toBe(0)
    const wrong = await runCli(wordsFor('--allow-write', '--confirm', '0123456789abcdef'), { env: env() })
    expect(wrong.code).toBe(4)
    expect(writesSeen()).toBe(0)
    const written = await runCli(wordsFor('--allow-write', '--confirm', hash, '--json'), { env: env() })
    expect(JSON.parse(written.stdout)).toMatchObject({ written: true, old: 40, readBack: 42, listedBy: site })
    expect(device.holding.get(10)).toBe(42)
  })

  it('takes a register that only the profile of the device lists, without a site file', async () => {
    putRegisters(device.holding, 259, [0])
    const address = `modbus-tcp://127.0.0.1:${server.port}/7/holding/259?as=int16&scale=0.1`
    const dry = await runCli(['write', address, '--profile', 'xy-md02', '--dry-run', '--json', '--', '-1.5'], { env: env(), cwd: folder })
    expect(JSON.parse(dry.stdout)).toMatchObject({ value: -1.5, old: 0, listedBy: 'profile xy-md02 (shipped, not tried on hardware)' })
    const beyond = await runCli(['write', address, '11', '--profile', 'xy-md02', '--dry-run'], { env: env(), cwd: folder })
    expect(beyond.code).toBe(2)
    expect(beyond.stderr).toMatch(/WRITE_OUT_OF_RANGE .*11 °C is not -10 to 10/)
  })
})
