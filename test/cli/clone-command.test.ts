import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { answerOf, fakeDevice, putRegisters } from '../fakes/modbus/device.js'
import { BEHAVIOURS, type Behaviour, type FakeServer, startFakeServer } from '../fakes/modbus/server.js'
import { runCli } from './run-cli.js'
import { ROOT, TerminalRun } from './terminal-run.js'

const WIDE = { columns: 120, rows: 30 }

let folder: string
let server: FakeServer | undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clone-cli-'))
})
afterEach(async () => {
  await server?.stop()
  server = undefined
})
afterAll(() => rm(folder, { recursive: true }))

const METER = fakeDevice({
  identification: new Map([
    [0, 'Acme'],
    [1, 'PX-7'],
  ]),
})
putRegisters(METER.holding, 100, [612, 1480, 0xffff])

/** Answers after so long, as a slow line does. */
const slow =
  (ms: number): Behaviour =>
  (request, wire) =>
    wire.after(ms, () => wire.reply(request, answerOf(METER, request.pdu)))

async function start(behaviour: Behaviour): Promise<string> {
  server = await startFakeServer(new Map([[7, behaviour]]))
  return `modbus-tcp://127.0.0.1:${server.port}/7`
}

describe.skipIf(!existsSync(`${ROOT}/dist/commands/clone.js`))('clone', { timeout: 60_000 }, () => {
  it('captures a device that simulate --from serves and read reads', async () => {
    const address = await start(BEHAVIOURS.fine(METER))
    const file = join(folder, 'meter.yaml')
    const { code, stdout, stderr } = await runCli(['clone', address, file, '--to', '199'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('captured 3 holding')
    const child = spawn(process.execPath, [`${ROOT}/bin/run.js`, 'simulate', '--from', file, '--modbus', '0', '--with-parent'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
      const { addresses } = JSON.parse(line) as { readonly addresses: readonly string[] }
      const read = await runCli(['read', `${addresses[0]}/holding/101`, '--json'])
      expect(JSON.parse(read.stdout)).toMatchObject({ readings: [{ value: 1480, quality: { level: 'good' } }] })
    } finally {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
  })

  it('refuses before the capture to overwrite a file, and says how to go on with one', async () => {
    const address = await start(BEHAVIOURS.fine(METER))
    const file = join(folder, 'there.yaml')
    await writeFile(file, 'mine\n')
    const { code, stderr } = await runCli(['clone', address, file])
    expect(code).toBe(2)
    expect(stderr).toContain('error OUTPUT_EXISTS')
    expect(stderr).toContain('--resume goes on with it')
    expect(server?.requests).toEqual([])
    expect(await readFile(file, 'utf8')).toBe('mine\n')
  })

  it('shows progress with an estimate on one line of a terminal; Ctrl-C keeps what there is, and --resume ends it', async () => {
    const address = await start(slow(4))
    const file = join(folder, 'stopped.yaml')
    using run = new TerminalRun(['clone', address, file, '--to', '499'], WIDE)
    await run.until('progress shows', () => /^\d+ of 2000 addresses, about \d+ s left$/m.test(run.screen))
    expect(run.screen.trim().split('\n')).toHaveLength(1)
    run.pty.write('\u0003')
    await run.ended()
    expect(run.exitCode).toBe(130)
    expect(run.screen).toMatch(/stopped {2}before the end: holding up to \d+/)
    expect(run.screen).toContain('--resume')
    expect(run.screen).not.toContain(' left')
    const done = await runCli(['clone', address, file, '--to', '499', '--resume', '--json'])
    expect(done.stderr).toBe('')
    expect(JSON.parse(done.stdout)).toMatchObject({ complete: true, captured: { holding: 3 }, lookedAtTo: { holding: 499 } })
    const again = join(folder, 'whole.yaml')
    expect((await runCli(['clone', address, again, '--to', '499', '--json'])).code).toBe(0)
    expect(await readFile(file, 'utf8')).toBe(await readFile(again, 'utf8'))
  })

  it('that loses its device ends with its fault, and the file holds what came before', async () => {
    let asked = 0
    const address = await start((request, wire) => {
      if (++asked < 150) BEHAVIOURS.fine(METER)(request, wire)
    })
    const file = join(folder, 'lost.yaml')
    const { code, stdout, stderr } = await runCli(['clone', address, file, '--to', '199', '--timeout', '150ms'])
    expect(code).toBe(3)
    expect(stderr).toContain('error MODBUS_NO_RESPONSE')
    expect(stdout).toContain('--resume')
    expect(await readFile(file, 'utf8')).toContain('looked_at')
  })

  it('of a damaged file is refused with line and key', async () => {
    const file = join(folder, 'damaged.yaml')
    await writeFile(
      file,
      'clone: 1\nunit: 7\nidentity: {}\ntables:\n  holding: { refusal: 2, looked_at: { from: 9, to: 0 }, ranges: [] }\ntypes: []\n',
    )
    const { code, stderr } = await runCli(['simulate', '--from', file])
    expect(code).toBe(6)
    expect(stderr).toContain('error CLONE_INVALID')
    expect(stderr).toContain('damaged.yaml:5 tables › holding › looked_at')
  })
})
