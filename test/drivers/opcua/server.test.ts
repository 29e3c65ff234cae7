import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ObjectIds } from 'node-opcua'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import type { Credentials, Finding, Surroundings } from '../../../src/drivers/contract.js'
import { parseOpcUaAddress } from '../../../src/drivers/opcua/address.js'
import { opcuaDriver } from '../../../src/drivers/opcua/driver.js'
import { standardNode } from '../../../src/drivers/opcua/node-lookup.js'
import { openSession } from '../../../src/drivers/opcua/session.js'
import { walkVariables } from '../../../src/drivers/opcua/variable-tree.js'
import type { Freight, Gap, Waveform } from '../../../src/readings/measurement.js'
import { QUALITY } from '../../../src/readings/quality.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import { machineClock, surroundingsOf } from '../../conformance/surroundings.js'
import { type FakeServer, type FakeServerOptions, startFakeServer, USER } from '../../fakes/opcua/fake-server.js'

const stateFolder = mkdtempSync(join(tmpdir(), 'opcua-state-'))
const running: FakeServer[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()))
})
afterAll(() => rmSync(stateFolder, { recursive: true, force: true }))

const start = async (options: FakeServerOptions = {}): Promise<FakeServer> => {
  const server = await startFakeServer(options)
  running.push(server)
  return server
}
const around = (given: Partial<Surroundings> = {}): Surroundings => surroundingsOf({ stateFolder, timeoutMs: 3000, ...given })
const sensorAt = (address: string, key = address): Sensor => ({ key, address, kind: 'other', unit: null, periodMs: 100 })
const withPassword = (credentials: Credentials): Partial<Surroundings> => ({ credentials: () => credentials })

/** Takes measurements until there are enough. */
async function collect(
  sensors: readonly Sensor[],
  given: Surroundings,
  isEnough: (seen: readonly Freight[]) => boolean,
): Promise<readonly Freight[]> {
  const seen: Freight[] = []
  await using connection = await opcuaDriver.open(sensors, given)
  for await (const measurement of connection.measurements()) {
    seen.push(measurement)
    if (isEnough(seen)) break
  }
  return seen
}

async function discover(scope: string): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for await (const finding of opcuaDriver.discover?.(scope, around()) ?? []) findings.push(finding)
  return findings
}

describe('an open server', () => {
  it('is found with its name, and says so without a word on our output', async () => {
    const server = await start()
    const printed = vi.spyOn(console, 'log')
    const fresh = mkdtempSync(join(tmpdir(), 'opcua-first-'))
    const findings: Finding[] = []
    for await (const finding of opcuaDriver.discover?.(`opc.tcp://127.0.0.1:${server.port}`, around({ stateFolder: fresh })) ?? [])
      findings.push(finding)
    rmSync(fresh, { recursive: true, force: true })
    expect(printed).not.toHaveBeenCalled()
    printed.mockRestore()
    expect(findings).toMatchObject([
      {
        address: server.url,
        access: 'open',
        identity: { maker: 'Brook & Sons', model: 'PumpTalk 3', revision: '3.1.4' },
        safety: 'identify',
      },
    ])
  })

  it('offers its variables with types, units and values as it states them', async () => {
    const server = await start()
    const { device, points, warnings } = await opcuaDriver.probe(server.url, around())
    expect(device.identity).toEqual({ maker: 'Brook & Sons', model: 'PumpTalk 3', revision: '3.1.4' })
    expect(device.facts).toMatchObject({ state: 'running', 'session over': 'None (anonymous)' })
    expect(warnings).toEqual([])
    const byNode = new Map(points.map((point) => [point.address.split('node=')[1], point]))
    expect(byNode.get('ns=1;s=Temperature')).toMatchObject({
      name: 'Drive end temperature',
      type: 'float32',
      unit: '°C',
      kind: 'temperature',
      value: 40,
      confidence: 1,
      order: null,
    })
    expect(byNode.get('ns=1;s=Temperature')?.evidence).toContain('0 to 150')
    expect(byNode.get('ns=1;s=Running')).toMatchObject({ type: 'boolean', kind: 'state', value: true })
    expect(byNode.get('ns=1;s=Starts')).toMatchObject({ type: 'uint32', value: 7 })
    expect(byNode.get('ns=1;s=Hours')).toMatchObject({ type: 'uint64', value: '9007199254740993' })
    expect(byNode.get('ns=1;s=Mode')).toMatchObject({ type: 'string', value: 'automatic' })
    expect(byNode.get('ns=1;s=Levels')).toMatchObject({ type: 'float32[]', value: 3 })
    expect(byNode.get('ns=1;s=Broken')).toMatchObject({ value: null })
    expect(byNode.get('ns=1;s=Samples&as=waveform')).toMatchObject({
      type: 'waveform',
      unit: 'm/s²',
      kind: 'acceleration',
      value: 256,
      sampleRateHz: 25_600,
    })
    expect([...byNode.keys()]).not.toEqual(expect.arrayContaining(['ns=1;s=SampleRateHz']))
  })

  it('is looked at from a node downwards, where the address names one', async () => {
    const server = await start()
    const below = await opcuaDriver.probe(`${server.url}?node=ns=1;s=Vibration`, around())
    expect(below.points.map(({ type }) => type)).toEqual(['waveform'])
    const one = await opcuaDriver.probe(`${server.url}?node=ns=1;s=Temperature`, around())
    expect(one.points).toMatchObject([{ type: 'float32', unit: '°C' }])
    await expect(opcuaDriver.probe(`${server.url}?node=ns=1;s=Nowhere`, around())).rejects.toMatchObject({
      code: 'OPCUA_NODE_UNKNOWN',
      retry: false,
    })
  })

  it('with more nodes than we look at is cut there, and says so', async () => {
    const server = await start()
    await using opened = await openSession(parseOpcUaAddress(server.url), around())
    const root = standardNode(ObjectIds.ObjectsFolder)
    const whole = await walkVariables(opened, root)
    expect(whole.extent).toBe('complete')
    const cut = await walkVariables(opened, root, 5)
    expect(cut.extent).toBe('cut')
    expect(cut.variables.length).toBeLessThan(whole.variables.length)
  })

  it('gives values with the source’s time, texts, elements of arrays, and nodes by namespace URI', async () => {
    const server = await start()
    const at = new Date(Date.now() - 500)
    server.set('Temperature', 61.5, at)
    const uri = `urn:${(await import('node:os')).hostname()}`
    const { points } = await opcuaDriver.probe(server.url, around())
    expect(points.length).toBeGreaterThan(0)
    const sensors = [
      '?node=ns=1;s=Temperature',
      '?node=ns=1;s=Mode',
      '?node=ns=1;s=Levels&index=2',
      '?node=ns=1;s=Levels',
      `?node=nsu=${uri}:nobody;s=x`,
    ].map((query) => sensorAt(server.url + query, query))
    const [batch] = await collect(sensors, around(), () => true)
    if (batch?.kind !== 'batch') return expect.fail('no batch came')
    expect(batch.measuredAt[0]).toBe(at.getTime() * 1000)
    expect(batch.value[0]).toBeCloseTo(61.5)
    expect(batch.texts?.[1]).toBe('automatic')
    expect(batch.value[2]).toBe(3)
    expect([...batch.quality]).toEqual([0, 0, 0, QUALITY['not-configured'], QUALITY['not-configured']])
  })

  it('that has none of the nodes is told so, not read for ever', async () => {
    const server = await start()
    await expect(opcuaDriver.open([sensorAt(`${server.url}?node=ns=1;s=Nowhere`)], around())).rejects.toMatchObject({
      code: 'OPCUA_NODE_UNKNOWN',
      retry: false,
    })
    await expect(opcuaDriver.open([sensorAt(`${server.url}?node=ns=1;s=Levels&as=waveform`)], around())).rejects.toMatchObject({
      code: 'OPCUA_NO_SAMPLE_RATE',
    })
  })

  it('whose clock is off has its good values marked, and its probe warns', async () => {
    const server = await start()
    const ahead: Partial<Surroundings> = { clock: { ...machineClock, now: () => machineClock.now() + 60_000_000 } }
    const { device, warnings } = await opcuaDriver.probe(server.url, around(ahead))
    expect(device.facts['clock offset']).toMatch(/^−(59|60)\.\d{3} s$/)
    expect(warnings).toEqual([expect.stringContaining('clock is off')])
    const [batch] = await collect([sensorAt(`${server.url}?node=ns=1;s=Temperature`)], around(ahead), () => true)
    expect(batch).toMatchObject({ kind: 'batch', quality: new Uint8Array([QUALITY['clock-unsynced']]) })
  })
})

describe('a waveform', () => {
  it('comes block by block, none lost, with its start, rate and number', async () => {
    const server = await start()
    const startMs = Date.now()
    let sequence = 0
    const push = (): void =>
      server.pushBlock({ samples: Float32Array.of(sequence, 1, 2, 3), sequence, at: new Date(startMs + sequence++ * 20) })
    const timer = setInterval(push, 20)
    const waveforms = (seen: readonly Freight[]): readonly Waveform[] => seen.filter((one) => one.kind === 'waveform')
    try {
      const sensors = [
        sensorAt(`${server.url}?node=ns=1;s=Samples&as=waveform`, 'vibration'),
        sensorAt(`${server.url}?node=ns=1;s=Pressure`, 'pressure'),
      ]
      const seen = await collect(sensors, around(), (all) => waveforms(all).filter((one) => one.sequence !== undefined).length >= 40)
      const numbered = waveforms(seen).filter((one) => one.sequence !== undefined)
      const first = numbered[0]?.sequence ?? 0
      expect(numbered.map((one) => one.sequence)).toEqual(numbered.map((_, at) => first + at))
      expect(seen.filter((one) => one.kind === 'gap')).toEqual([])
      expect(seen.some((one) => one.kind === 'batch')).toBe(true)
      for (const one of numbered) {
        expect(one).toMatchObject({
          sensor: 'vibration',
          sampleRateHz: 25_600,
          quality: 0,
          startedAt: (startMs + (one.sequence ?? 0) * 20) * 1000,
        })
        expect(one.samples).toEqual(Float32Array.of(one.sequence ?? 0, 1, 2, 3))
      }
    } finally {
      clearInterval(timer)
    }
  })

  it('of a server that looks too rarely still adds up: what came and what is missing', async () => {
    const server = await start({ samplingMs: 50 })
    const startMs = Date.now()
    let sequence = 1
    const push = (): void => server.pushBlock({ samples: new Float32Array(4), sequence, at: new Date(startMs + sequence++ * 20) })
    const timer = setInterval(push, 20)
    try {
      const sensors = [sensorAt(`${server.url}?node=ns=1;s=Samples&as=waveform`)]
      const isNumbered = (one: Freight): one is Waveform => one.kind === 'waveform' && one.sequence !== undefined
      const all = await collect(sensors, around(), (seen) => seen.filter(isNumbered).length >= 5)
      const seen = all.slice(all.findIndex(isNumbered), all.findLastIndex(isNumbered) + 1)
      const [first, last] = [seen[0], seen.at(-1)]
      if (!first || !last || !isNumbered(first) || !isNumbered(last)) return expect.fail('no numbered block came')
      const missing = seen.reduce((sum, one) => sum + (one.kind === 'gap' ? (one.missing ?? 0) : 0), 0)
      const came = seen.filter((one) => one.kind === 'waveform').length
      expect(missing).toBeGreaterThan(0)
      expect(came + missing).toBe((last.sequence ?? 0) - (first.sequence ?? 0) + 1)
    } finally {
      clearInterval(timer)
    }
  })

  it('shows a block that its device skipped as a gap', async () => {
    const server = await start()
    const startMs = Date.now()
    let sequence = 1
    const timer = setInterval(() => {
      if (sequence % 20 === 10) sequence += 3
      server.pushBlock({ samples: new Float32Array(4), sequence, at: new Date(startMs + sequence++ * 20) })
    }, 20)
    try {
      const seen = await collect([sensorAt(`${server.url}?node=ns=1;s=Samples&as=waveform`)], around(), (all) =>
        all.some((one) => one.kind === 'gap'),
      )
      const gap = seen.find((one): one is Gap => one.kind === 'gap')
      expect(gap?.missing).toBe(3)
      expect((((gap?.to ?? 0) / 1000 - startMs) / 20) % 20).toBe(13)
    } finally {
      clearInterval(timer)
    }
  })
})

describe('a server that wants to be sure', () => {
  it('is shown as closed with its ways in, not hidden', async () => {
    const server = await start({ security: 'safe' })
    const findings = await discover(`opc.tcp://127.0.0.1:${server.port}`)
    expect(findings).toMatchObject([
      {
        address: server.url,
        access: 'permission-denied',
        identity: null,
        description: expect.stringContaining('SignAndEncrypt/Basic256Sha256 (user') as string,
      },
    ])
    await expect(opcuaDriver.probe(server.url, around())).rejects.toMatchObject({ code: 'OPCUA_LOGIN_REFUSED', retry: false })
  })

  it('is not spoken to before its certificate is trusted, then lets the right password in and no other', async () => {
    const server = await start({ security: 'safe' })
    const own = mkdtempSync(join(tmpdir(), 'opcua-trust-'))
    const given = (password: string): Surroundings => around({ stateFolder: own, ...withPassword({ user: USER.user, password }) })
    const fault = await opcuaDriver.probe(server.url, given(USER.password)).catch((thrown: unknown) => thrown)
    expect(fault).toMatchObject({ code: 'OPCUA_CERTIFICATE_UNTRUSTED', retry: false })
    const { rejected = '', trusted = '' } = (fault as { facts: { advice: Record<string, string> } }).facts.advice
    expect(readdirSync(join(rejected, '..'))).toHaveLength(1)
    mkdirSync(trusted, { recursive: true })
    renameSync(rejected, join(trusted, rejected.split('/').at(-1) ?? 'server.pem'))
    await expect(opcuaDriver.probe(server.url, given('wrong'))).rejects.toMatchObject({ code: 'OPCUA_LOGIN_REFUSED' })
    const report = await opcuaDriver.probe(server.url, given(USER.password))
    expect(report.device.facts['session over']).toBe('SignAndEncrypt/Basic256Sha256 (user, certificate)')
    rmSync(own, { recursive: true, force: true })
  })

  it('never hears a password over an open line', async () => {
    const server = await start({ security: 'open-with-login' })
    const given = around(withPassword({ user: USER.user, password: USER.password }))
    await expect(opcuaDriver.probe(server.url, given)).rejects.toMatchObject({ code: 'OPCUA_SECURITY_TOO_WEAK', retry: false })
    await expect(opcuaDriver.probe(server.url.replace('127', `${USER.user}@127`), around())).rejects.toMatchObject({
      code: 'OPCUA_LOGIN_REFUSED',
    })
  })
})
