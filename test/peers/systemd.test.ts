import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../cli/run-cli.js'
import { missingPeer } from './requirement.js'

const missing = missingPeer('systemd', ['systemd-analyze', '--version']) ?? missingPeer('python3', ['python3', '--version'])
const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const LISTENER = fileURLToPath(new URL('systemd-notify-listener.py', import.meta.url))
const SITE = `site: plant
sensors:
  pump/temperature: { address: "simulator://pump-set/pump-247/drive-end-temperature?seed=7", kind: temperature, unit: "°C", every: 200ms }
`
const FLOW = `  pump/flow: { address: "simulator://pump-set/pump-247/flow?seed=7", kind: flow, unit: "m³/h", every: 200ms }
`

describe.skipIf(missing !== null)(`record under systemd${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let root: string
  const children: ChildProcess[] = []
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'systemd-'))
  })
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  /** A recorder whose service manager is a socket of ours. */
  async function serve(name: string, env: Readonly<Record<string, string>>) {
    const [socket, site, out] = [join(root, `${name}.sock`), join(root, `${name}.yaml`), join(root, name)]
    await writeFile(site, SITE)
    const listener = spawn('python3', [LISTENER, socket], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(listener)
    const heard: (readonly string[])[] = []
    createInterface(listener.stdout).on('line', (line) => heard.push(JSON.parse(line) as string[]))
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(1)
    const status = join(root, `${name}.json`)
    const recorder = spawn(process.execPath, [PROGRAM, 'record', '--site', site, '--out', out, '--ntp', 'none', '--status', status], {
      env: { ...process.env, NOTIFY_SOCKET: socket, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    children.push(recorder)
    let said = ''
    recorder.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const count = (word: string): number => heard.filter((message) => message.includes(word)).length
    const hears = (word: string, times = 1): Promise<void> =>
      expect.poll(() => count(word), { timeout: 30_000 }).toBeGreaterThanOrEqual(times)
    return { recorder, heard, count, hears, site, status, said: () => said }
  }

  it('says when it is ready, that it lives, that it reads its site file again, and that it stops; SIGTERM ends it with 0', async () => {
    const { recorder, heard, hears, site, status, said } = await serve('orderly', { WATCHDOG_USEC: '1000000' })
    await hears('READY=1')
    await hears('WATCHDOG=1', 3)
    expect(heard.find((message) => message.includes('READY=1'))?.join()).toMatch(/STATUS=recording into .*1 of 1 lines open, 1 sensors/)

    await writeFile(site, SITE + FLOW)
    recorder.kill('SIGHUP')
    await hears('RELOADING=1')
    await hears('READY=1', 2)
    const reloading = heard.find((message) => message.includes('RELOADING=1'))
    expect(reloading?.[1]).toMatch(/^MONOTONIC_USEC=\d+$/)
    expect(said()).toContain('1 sensor added (pump/flow)')
    await expect
      .poll(async () => JSON.parse(await readFile(status, 'utf8')) as unknown, { timeout: 10_000 })
      .toMatchObject({ sensors: { total: 2 } })

    const gone = once(recorder, 'exit')
    recorder.kill('SIGTERM')
    expect(await gone).toEqual([0, null])
    await hears('STOPPING=1')
    expect(existsSync(status)).toBe(false)
  })

  it('gives no sign of life while it does not run, so that systemd can start it again', async () => {
    const { recorder, count, hears } = await serve('stopped', { WATCHDOG_USEC: '1000000' })
    await hears('WATCHDOG=1', 2)
    recorder.kill('SIGSTOP')
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const before = count('WATCHDOG=1')
    await new Promise((resolve) => setTimeout(resolve, 2000))
    expect(count('WATCHDOG=1')).toBe(before)
    recorder.kill('SIGCONT')
    await hears('WATCHDOG=1', before + 1)
  })

  it('gives no sign of life to whoever waits for that of another process', async () => {
    const { hears, count } = await serve('another', { WATCHDOG_USEC: '200000', WATCHDOG_PID: '1' })
    await hears('READY=1')
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(count('WATCHDOG=1')).toBe(0)
  })

  it('prints a unit in which systemd finds nothing wrong, and that it calls well closed', async () => {
    const site = join(root, 'unit.yaml')
    await writeFile(
      site,
      `${SITE}  bus/a: { address: "modbus-rtu:///dev/ttyUSB0/1/holding/0?as=uint16&baud=9600", kind: other, every: 1s }\n`,
    )
    const words = ['record', '--site', site, '--out', '/var/lib/chatterfix/100% run-{start}', '--keep-trying', '--print-systemd']
    const { stdout, stderr, code } = await runCli(words, { env: { CHATTERFIX_MQTT_PASSWORD: 'never-printed' } })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('DeviceAllow=char-ttyUSB rw')
    expect(stdout).toContain('LoadCredential=CHATTERFIX_MQTT_PASSWORD:')
    expect(stdout).not.toContain('never-printed')
    const unit = join(root, 'chatterfix-record.service')
    await writeFile(unit, stdout)
    const verified = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' })
    // Units of the machine may be wrong; ours must not be named.
    expect(`${verified.stdout}${verified.stderr}`.split('\n').filter((line) => line.includes('chatterfix-record'))).toEqual([])
    const secure = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=30', unit], { encoding: 'utf8' })
    const [, exposure] = /Overall exposure level for \S+: ([\d.]+)/.exec(secure.stdout) ?? []
    expect(Number(exposure)).toBeGreaterThan(0)
    expect(Number(exposure)).toBeLessThanOrEqual(2.5)
    expect(secure.status).toBe(0)
    process.stdout.write(`exposure by systemd-analyze security: ${exposure}\n`)
  })
})
