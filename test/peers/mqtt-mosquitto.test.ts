import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { mqttDriver } from '../../src/drivers/mqtt/driver.js'
import { surroundingsOf } from '../conformance/surroundings.js'
import { collect } from '../drivers/mqtt/collect.js'
import { missingPeer } from './requirement.js'

const missing = missingPeer('mosquitto', ['which', 'mosquitto', 'mosquitto_pub', 'mosquitto_passwd', 'openssl'])
const run = promisify(execFile)

describe.skipIf(missing !== null)(`the mqtt driver against Debian's mosquitto${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let folder: string
  let port: number
  let at: string
  let broker: ChildProcess | undefined

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mosquitto-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  afterEach(() => stopBroker('SIGTERM'))

  /** Without limits: a broker that drops would make us look at fault. Started by root it would become a user who cannot read our files. */
  async function startBroker(...lines: string[]): Promise<void> {
    port ??= await freePort()
    at = `mqtt://127.0.0.1:${port}`
    const file = join(folder, 'mosquitto.conf')
    writeFileSync(
      file,
      [`listener ${port} 127.0.0.1`, 'user root', 'max_queued_messages 0', 'max_inflight_messages 0', ...lines].join('\n'),
    )
    broker = spawn('/usr/sbin/mosquitto', ['-c', file], { stdio: 'ignore' })
    await expect.poll(() => isListening(port), { timeout: 10_000 }).toBe(true)
  }

  async function stopBroker(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const running = broker
    broker = undefined
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const exited = new Promise((resolve) => running.once('exit', resolve))
    running.kill(signal)
    await exited
  }

  const publish = (topic: string, payload: string, ...more: string[]): Promise<unknown> =>
    run('mosquitto_pub', ['-h', '127.0.0.1', '-p', String(port), '-t', topic, '-m', payload, ...more])

  it('finds the broker and knows its maker and version', async () => {
    await startBroker('allow_anonymous true')
    const findings = await Array.fromAsync(mqttDriver.discover?.(at, surroundingsOf()) ?? [])
    expect(findings).toEqual([
      expect.objectContaining({
        address: at,
        access: 'open',
        identity: { maker: 'Eclipse', model: 'mosquitto', revision: expect.stringMatching(/^\d+\.\d+/) as unknown },
      }),
    ])
    expect(findings[0]?.description).toContain('MQTT 5')
  })

  it('maps the topics that mosquitto_pub fills', async () => {
    await startBroker('allow_anonymous true')
    await publish('plant/pump-247/temperature', '{"value":61.5,"unit":"°C"}', '-r')
    await publish('plant/level', '42', '-r')
    const { points, device } = await mqttDriver.probe(at, surroundingsOf())
    expect(points.map(({ address, value, unit }) => [address, value, unit])).toEqual(
      expect.arrayContaining([
        [`${at}/plant/pump-247/temperature?field=/value`, 61.5, '°C'],
        [`${at}/plant/level`, 42, null],
      ]),
    )
    expect(device.identity?.model).toBe('mosquitto')
  })

  it('streams ten thousand messages and loses none', async () => {
    await startBroker('allow_anonymous true')
    const { readings, gaps } = await collect({
      addresses: [`${at}/fast`],
      act: () => {
        const publisher = spawn('mosquitto_pub', ['-h', '127.0.0.1', '-p', String(port), '-t', 'fast', '-l'], {
          stdio: ['pipe', 'ignore', 'ignore'],
        })
        publisher.stdin.end(Array.from({ length: 10_000 }, (_, i) => i).join('\n'))
      },
      until: (seen) => seen.readings.length === 10_000,
    })
    expect(readings.map(({ value }) => value)).toEqual(Array.from({ length: 10_000 }, (_, i) => i))
    expect(gaps).toEqual([])
  })

  it('tells of a killed broker by a fault worth a retry, and opens again when it is back', async () => {
    await startBroker('allow_anonymous true')
    const broken = collect({ addresses: [`${at}/t`], act: () => stopBroker('SIGKILL'), until: () => false })
    await expect(broken).rejects.toMatchObject({ code: 'CONNECTION_LOST', retry: true })
    await expect(collect({ addresses: [`${at}/t`], act: () => undefined, until: () => false })).rejects.toMatchObject({
      code: 'PORT_CLOSED',
      retry: true,
    })
    await startBroker('allow_anonymous true')
    const { readings } = await collect({ addresses: [`${at}/t`], act: () => publish('t', '5'), until: (seen) => seen.readings.length > 0 })
    expect(readings[0]?.value).toBe(5)
  })

  it('gets in a named session what was said at QoS 1 while it was away', async () => {
    await startBroker('allow_anonymous true')
    const addresses = [`${at}/kept?session=commissioning`]
    await collect({ addresses, act: () => publish('kept', '0', '-q', '1'), until: (seen) => seen.readings.length > 0 })
    for (const value of ['1', '2', '3']) await publish('kept', value, '-q', '1')
    const { readings } = await collect({ addresses, act: () => undefined, until: (seen) => seen.readings.length >= 3 })
    expect(readings.map(({ value }) => value)).toEqual([1, 2, 3])
  })

  it('shows a broker with passwords as permission denied, and enters with the right one', async () => {
    const passwords = join(folder, 'passwords')
    execFileSync('mosquitto_passwd', ['-c', '-b', passwords, 'ann', 'secret'], { stdio: 'ignore' })
    await startBroker('allow_anonymous false', `password_file ${passwords}`)
    const credentials = (password: string) => () => ({ user: 'ann', password })
    for (const around of [{}, { credentials: credentials('wrong') }]) {
      const findings = await Array.fromAsync(mqttDriver.discover?.(at, surroundingsOf(around)) ?? [])
      expect(findings).toEqual([expect.objectContaining({ address: at, access: 'permission-denied' })])
      await expect(mqttDriver.probe(at, surroundingsOf(around))).rejects.toMatchObject({ code: 'MQTT_AUTH_FAILED' })
    }
    const findings = await Array.fromAsync(mqttDriver.discover?.(at, surroundingsOf({ credentials: credentials('secret') })) ?? [])
    expect(findings).toEqual([expect.objectContaining({ address: at, access: 'open' })])
  })

  it('goes on with the other topics where the broker refuses to hear of one', async () => {
    const acl = join(folder, 'acl')
    writeFileSync(acl, 'topic readwrite open/#\ntopic read $SYS/#\n')
    await startBroker('allow_anonymous true', `acl_file ${acl}`)
    const { readings } = await collect({
      addresses: [`${at}/open/t`, `${at}/closed/t`],
      act: async () => {
        await publish('closed/t', '1')
        await publish('open/t', '2')
      },
      until: (seen) => seen.readings.some(({ value }) => value === 2),
    })
    expect(readings.some(({ value }) => value === 1)).toBe(false)
  })

  it('trusts no certificate that nobody has signed', async () => {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
    const subject = ['-subj', '/CN=localhost', '-days', '1', '-keyout', key, '-out', certificate]
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject], { stdio: 'ignore' })
    await startBroker('allow_anonymous true', `certfile ${certificate}`, `keyfile ${key}`)
    const secure = at.replace('mqtt:', 'mqtts:')
    await expect(mqttDriver.probe(secure, surroundingsOf())).rejects.toMatchObject({ code: 'MQTT_TLS_UNTRUSTED', retry: false })
    const findings = await Array.fromAsync(mqttDriver.discover?.(secure, surroundingsOf()) ?? [])
    expect(findings).toEqual([expect.objectContaining({ address: secure, access: 'permission-denied' })])
    const plain = Array.fromAsync(mqttDriver.discover?.(at, surroundingsOf()) ?? [])
    await expect(plain).rejects.toMatchObject({ code: 'MQTT_NOT_SPOKEN' })
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' })
  const opened = new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
  })
  const isOpen = await Promise.race([opened, wait(500, false)])
  socket.destroy()
  return isOpen
}
