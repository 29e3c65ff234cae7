import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Surroundings } from '../../src/drivers/contract.js'
import { parseProfile } from '../../src/profiles/profile-file.js'
import type { Site } from '../../src/readings/asset.js'
import type { Sensor } from '../../src/readings/sensor.js'
import { parseSiteFile } from '../../src/readings/site-file.js'
import { type PreparedWrite, performWrite, prepareWrite } from '../../src/writing/guarded-write.js'
import { surroundingsOf } from '../conformance/surroundings.js'
import { type FakeDevice, fakeDevice, putRegisters } from '../fakes/modbus/device.js'
import { encodeRegisters } from '../fakes/modbus/encode-registers.js'
import { BEHAVIOURS, type Behaviour, type FakeServer, startFakeServer } from '../fakes/modbus/server.js'

let server: FakeServer
let device: FakeDevice
let stateFolder: string

beforeEach(async () => {
  device = fakeDevice({
    identification: new Map([
      [0, 'Acme'],
      [1, 'PX'],
      [2, '2.1'],
    ]),
  })
  putRegisters(device.holding, 100, encodeRegisters(23.5, 'float32', 'cdab'))
  putRegisters(device.holding, 200, [417])
  device.coil.set(3, false)
  stateFolder = await mkdtemp(join(tmpdir(), 'chatterfix-write-'))
  await start(BEHAVIOURS.fine(device))
})
afterEach(async () => {
  await server.stop()
  await rm(stateFolder, { recursive: true })
})

async function start(behaviour: Behaviour): Promise<void> {
  server = await startFakeServer(new Map([[7, behaviour]]))
}

function sensor(key: string, path: string, more: Partial<Sensor> = {}): Sensor {
  const address = `modbus-tcp://127.0.0.1:${server.port}/${path}`
  return {
    key,
    address,
    kind: 'other',
    unit: null,
    periodMs: 1000,
    asset: 'pump-247',
    range: { low: 0, high: 100 },
    writable: true,
    ...more,
  }
}

function siteOf(...sensors: readonly Sensor[]): Site {
  return { name: 'plant', assets: [], sensors }
}

function prepare(target: string, value: number, sensors: readonly Sensor[], profiles?: Surroundings['profiles']): Promise<PreparedWrite> {
  const around = surroundingsOf({ stateFolder, timeoutMs: 200, ...(profiles && { profiles }) })
  return prepareWrite({ target, value, site: siteOf(...sensors), siteFile: 'chatterfix.yaml', who: 'ada', around })
}

const journal = async (): Promise<Record<string, unknown>[]> =>
  (await readFile(join(stateFolder, 'writes.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
const writesSeen = (): number => server.requests.filter(({ pdu }) => [5, 6, 15, 16, 22, 23].includes(pdu[0] ?? 0)).length

describe('a guarded write', () => {
  it('writes a float in the order of the device, reads it back and keeps who, when, old and new', async () => {
    const prepared = await prepare('pump-247/setpoint', 42.5, [sensor('pump-247/setpoint', '7/holding/100?as=float32&order=cdab')])
    expect(prepared.draft).toMatchObject({
      device: 'Modbus unit 7 · Acme PX 2.1',
      old: 23.5,
      value: 42.5,
      how: 'function 16, holding 100–101',
    })
    expect(writesSeen()).toBe(0)
    const report = await performWrite(prepared, { by: 'name', text: 'pump-247' })
    expect(report.readBack).toBe(42.5)
    expect([100, 101].map((at) => device.holding.get(at))).toEqual(encodeRegisters(42.5, 'float32', 'cdab'))
    expect(await journal()).toMatchObject([
      { event: 'begins', who: 'ada', sensor: 'pump-247/setpoint', old: 23.5, value: 42.5 },
      { event: 'written', who: 'ada', old: 23.5, value: 42.5, readBack: 42.5, because: null },
    ])
  })

  it('writes a scaled register by function 6 and a coil by function 5', async () => {
    const sensors = [sensor('a/level', '7/holding/200?scale=0.1'), sensor('a/valve', '7/coil/3')]
    const level = await prepare('a/level', 50.3, sensors)
    await performWrite(level, { by: 'hash', text: level.hash })
    expect(device.holding.get(200)).toBe(503)
    const valve = await prepare('a/valve', 1, sensors)
    await performWrite(valve, { by: 'hash', text: valve.hash })
    expect(device.coil.get(3)).toBe(true)
    expect(server.requests.map(({ pdu }) => pdu[0]).filter((code) => code === 5 || code === 6)).toEqual([6, 5])
  })

  it('knows a sensor by any spelling of its address', async () => {
    const address = `modbus-tcp://127.0.0.1:${server.port}/7/40201`
    const { target } = await prepare(address, 5, [sensor('a/b', '7/holding/200?unit=bar')])
    expect(target.sensor.key).toBe('a/b')
  })

  it('refuses what the site does not list, what is out of range, and what the register cannot hold, before a byte is written', async () => {
    const bare = sensor('a/bare', '7/holding/200')
    await expect(prepare('a/bare', 5, [{ ...bare, writable: false }])).rejects.toMatchObject({ code: 'WRITE_NOT_LISTED' })
    await expect(prepare('a/other', 5, [bare])).rejects.toMatchObject({ code: 'WRITE_NOT_LISTED' })
    await expect(prepare(`modbus-tcp://127.0.0.1:${server.port}/7/holding/201`, 5, [bare])).rejects.toMatchObject({
      code: 'WRITE_NOT_LISTED',
    })
    await expect(prepare('a/bare', 100.5, [bare])).rejects.toMatchObject({ code: 'WRITE_OUT_OF_RANGE' })
    await expect(prepare('a/bare', Number.NaN, [bare])).rejects.toMatchObject({ code: 'WRITE_OUT_OF_RANGE' })
    await expect(prepare('a/bare', 41.5, [bare])).rejects.toMatchObject({ code: 'WRITE_IMPOSSIBLE', facts: { advice: { nearest: '42' } } })
    for (const path of ['0/holding/200', '7/input/200', '7/discrete/0', '7/holding/200?bit=3', '7/holding/200?as=string&length=2'])
      await expect(prepare('a/b', 1, [sensor('a/b', path)]), path).rejects.toMatchObject({ code: 'WRITE_IMPOSSIBLE' })
    expect(writesSeen()).toBe(0)
  })

  it('takes no confirmation but the name of the device or the hash of this very write', async () => {
    const sensors = [sensor('a/b', '7/holding/200')]
    const prepared = await prepare('a/b', 5, sensors)
    const other = await prepare('a/b', 6, sensors)
    expect(other.hash).not.toBe(prepared.hash)
    for (const text of ['', 'a/b', 'yes', other.hash, prepared.hash])
      await expect(performWrite(prepared, { by: 'name', text })).rejects.toMatchObject({ code: 'WRITE_UNCONFIRMED' })
    for (const text of ['', 'pump-247', other.hash])
      await expect(performWrite(prepared, { by: 'hash', text })).rejects.toMatchObject({ code: 'WRITE_UNCONFIRMED' })
    putRegisters(device.holding, 200, [418])
    await expect(performWrite(prepared, { by: 'hash', text: prepared.hash })).rejects.toMatchObject({ code: 'WRITE_OUTDATED' })
    expect((await prepare('a/b', 5, sensors)).hash).not.toBe(prepared.hash)
    expect(writesSeen()).toBe(0)
    expect((await journal()).map(({ event }) => event)).toEqual(['begins', 'not-written'])
  })

  it('is loud where something else stands there afterwards, whatever the device said', async () => {
    const stubborn: Behaviour = (request, wire) => {
      if (request.pdu[0] === 6) {
        putRegisters(device.holding, 200, [99])
        wire.reply(request, Buffer.from(request.pdu))
      } else BEHAVIOURS.fine(device)(request, wire)
    }
    await server.stop()
    await start(stubborn)
    const prepared = await prepare('a/b', 5, [sensor('a/b', '7/holding/200')])
    await expect(performWrite(prepared, { by: 'hash', text: prepared.hash })).rejects.toMatchObject({ code: 'WRITE_MISMATCH' })
    expect((await journal()).at(-1)).toMatchObject({ event: 'mismatch', readBack: 99 })
  })

  it('says refused where the device refuses or stays silent and keeps its value, and counts what stands there where only the reply was lost', async () => {
    const deaf: Behaviour = (request, wire) => {
      if (request.pdu[0] !== 6) BEHAVIOURS.fine(device)(request, wire)
      else if (request.pdu[4] === 6) putRegisters(device.holding, 200, [6])
    }
    await server.stop()
    await start(deaf)
    const sensors = [sensor('a/b', '7/holding/200')]
    const lost = await prepare('a/b', 5, sensors)
    await expect(performWrite(lost, { by: 'hash', text: lost.hash })).rejects.toMatchObject({ code: 'WRITE_REFUSED' })
    const done = await prepare('a/b', 6, sensors)
    expect((await performWrite(done, { by: 'hash', text: done.hash })).readBack).toBe(6)
    expect((await journal()).map(({ event }) => event)).toEqual(['begins', 'refused', 'begins', 'written'])
  })

  it('writes nothing where the journal cannot be kept', async () => {
    const prepared = await prepare('a/b', 5, [sensor('a/b', '7/holding/200')])
    await writeFile(join(stateFolder, 'a-file'), '')
    const nowhere = { ...prepared, wish: { ...prepared.wish, around: surroundingsOf({ stateFolder: join(stateFolder, 'a-file') }) } }
    await expect(performWrite(nowhere, { by: 'hash', text: prepared.hash })).rejects.toMatchObject({ code: 'WRITE_UNRECORDED' })
    expect(writesSeen()).toBe(0)
  })
})

const PX = `profile: acme-px
maker: Acme
models: [PX]
recognise_by: [RECOGNITION]
source: [{ title: the drawing on the door }]
tried_on_hardware: true
registers:
  - { name: setpoint, address: 100, as: float32, order: cdab, unit: °C, kind: temperature, writable: { low: 5, high: 60 } }
  - { name: mode, address: 200, writable: { values: [0, 1, 417] } }
  - { name: serial, address: 201 }
`

function px(recognition: string, wanted: 'wanted' | 'to be recognised' = 'to be recognised'): Surroundings['profiles'] {
  const profile = parseProfile(PX.replace('RECOGNITION', recognition), { kind: 'own', path: 'acme-px.yaml' })
  return () => Promise.resolve({ candidates: [profile], wanted: wanted === 'wanted' ? profile : null, notes: [] })
}
const PROVEN = '{ identity: { maker: Acme } }'
const LIKELY = '{ signature: [{ address: 200, between: { low: 400, high: 500 } }] }'

describe('a write that only the profile of the device lists', () => {
  const at = (path: string): string => `modbus-tcp://127.0.0.1:${server.port}/7/${path}`

  it('is bounded by the profile, confirmed with its name and unit, and journalled under the address', async () => {
    const address = at('holding/100?as=float32&order=cdab')
    const prepared = await prepare(address, 42.5, [], px(PROVEN))
    expect(prepared.target).toMatchObject({
      deviceName: 'acme-px/7',
      listedBy: 'profile acme-px (your own, acme-px.yaml)',
      sensor: { unit: '°C' },
    })
    expect((await performWrite(prepared, { by: 'name', text: 'acme-px/7' })).readBack).toBe(42.5)
    expect((await journal()).map(({ event, sensor }) => [event, sensor])).toEqual([
      ['begins', address],
      ['written', address],
    ])
    await expect(prepare(address, 60.5, [], px(PROVEN))).rejects.toMatchObject({ code: 'WRITE_OUT_OF_RANGE' })
    await expect(prepare(at('holding/200'), 2, [], px(PROVEN))).rejects.toMatchObject({
      code: 'WRITE_OUT_OF_RANGE',
      message: expect.stringContaining('one of 0, 1, 417') as string,
    })
    expect((await prepare(at('holding/200'), 1, [], px(PROVEN))).draft.value).toBe(1)
  })

  it.each([
    ['holding/201', PROVEN, /does not list serial as writable/],
    ['holding/300', PROVEN, /knows nothing at holding 300/],
    ['holding/100', PROVEN, /reads it otherwise: .*as=float32&order=cdab/],
    ['holding/200', LIKELY, /only likely .*--profile acme-px says that it is one/],
    ['holding/200', '{ identity: { maker: Siemens } }', /no profile is known/],
  ])('is refused at %s of a device known by %s', async (path, recognition, because) => {
    await expect(prepare(at(path), 1, [], px(recognition))).rejects.toMatchObject({
      code: 'WRITE_NOT_LISTED',
      facts: { because: expect.stringMatching(because) as string },
    })
    expect(writesSeen()).toBe(0)
  })

  it('counts for a device that is only likely once somebody names it', async () => {
    expect((await prepare(at('holding/200'), 1, [], px(LIKELY, 'wanted'))).target.bounds).toEqual({ values: [0, 1, 417] })
  })

  it('is refused all the same where the site says writable: false, and bounded by the site where that lists it', async () => {
    const { key, address, kind, unit, periodMs } = sensor('a/mode', '7/holding/200')
    const bare: Sensor = { key, address, kind, unit, periodMs, asset: 'pump-247' }
    await expect(prepare('a/mode', 1, [{ ...bare, writable: false }], px(PROVEN))).rejects.toMatchObject({ code: 'WRITE_NOT_LISTED' })
    expect((await prepare('a/mode', 2, [sensor('a/mode', '7/holding/200')], px(PROVEN))).target.listedBy).toBe('chatterfix.yaml')
    expect((await prepare('a/mode', 1, [bare], px(PROVEN))).target).toMatchObject({
      deviceName: 'pump-247',
      bounds: { values: [0, 1, 417] },
    })
  })
})

describe('the site file', () => {
  it('lists what may be written, and only with a range', () => {
    const file = (more: string): string => `site: s\nsensors: { a/b: { address: "modbus-tcp://h/1/holding/0", kind: other, ${more} } }`
    expect(parseSiteFile(file('writable: true, range: { low: 0, high: 5 }'), 'f').sensors[0]).toMatchObject({ writable: true })
    expect(parseSiteFile(file('writable: false'), 'f').sensors[0]).toMatchObject({ writable: false })
    expect(() => parseSiteFile(file('writable: true'), 'f')).toThrow('writable')
  })
})
