import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { fakeDevice, putRegisters } from '../fakes/modbus/device.js'
import { BEHAVIOURS, type FakeServer, startFakeServer } from '../fakes/modbus/server.js'
import { runCli } from './run-cli.js'
import { ROOT } from './terminal-run.js'

let server: FakeServer | undefined
afterEach(async () => {
  await server?.stop()
  server = undefined
})

const METER = fakeDevice({ identification: new Map([[0, 'Acme']]) })
putRegisters(METER.holding, 100, [612])

interface Line {
  readonly type: string
  readonly ended?: string
  readonly found?: number
  readonly address?: string
  readonly searched?: readonly string[]
  readonly notOpened?: readonly { readonly address: string; readonly code: string }[]
}

const linesOf = (stdout: string): readonly Line[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)

describe.skipIf(!existsSync(`${ROOT}/dist/commands/discover.js`))('discover --jsonl', { timeout: 60_000 }, () => {
  it('gives a finding a line, and last what was searched and what could not be opened', async () => {
    server = await startFakeServer(new Map([[7, BEHAVIOURS.fine(METER)]]))
    const place = `modbus-tcp://127.0.0.1:${server.port}/7`
    const { code, stdout } = await runCli(['discover', place, 'modbus-rtu:///dev/not-there', '--jsonl'])
    const lines = linesOf(stdout)
    expect(code).toBe(0)
    expect(lines.at(0)).toMatchObject({ type: 'finding', address: expect.stringContaining(`${server.port}/7`) as string })
    expect(lines.at(-1)).toMatchObject({
      type: 'summary',
      ended: 'finished',
      found: lines.length - 1,
      searched: [place, 'modbus-rtu:///dev/not-there'],
      notOpened: [{ address: 'modbus-rtu:///dev/not-there', code: 'PORT_NOT_FOUND' }],
    })
  })

  it('ends with the summary also where nothing could be opened', async () => {
    const { code, stdout } = await runCli(['discover', 'serial:///dev/not-there', '--jsonl'])
    expect(code).not.toBe(0)
    expect(linesOf(stdout)).toMatchObject([{ type: 'summary', found: 0, notOpened: [{ address: 'serial:///dev/not-there' }] }])
  })

  it('keeps what it has written when it is stopped', async () => {
    server = await startFakeServer(new Map([[1, BEHAVIOURS.fine(METER)]]))
    const child = spawn(process.execPath, [`${ROOT}/bin/run.js`, 'discover', `modbus-tcp://127.0.0.1:${server.port}`, '--jsonl'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const lines: Line[] = []
    const reader = createInterface(child.stdout).on('line', (line) => {
      lines.push(JSON.parse(line) as Line)
      if (lines.length === 1) child.kill('SIGINT')
    })
    const [[code]] = (await Promise.all([once(child, 'exit'), once(reader, 'close')])) as [[number], unknown]
    expect(lines.at(0)?.type).toBe('finding')
    expect(lines.at(-1)).toMatchObject({ type: 'summary', ended: 'stopped' })
    expect(code).toBe(130)
  })
})
