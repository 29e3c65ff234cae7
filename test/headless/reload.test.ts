import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { acquire } from '../../src/acquisition/acquire.js'
import type { RunningRoad } from '../../src/acquisition/running-road.js'
import { systemClock } from '../../src/cli/system-clock.js'
import { followSite } from '../../src/headless/followed-site.js'
import { reloadSite } from '../../src/headless/site-reload.js'
import { readingsOf } from '../../src/readings/batch.js'
import type { Freight } from '../../src/readings/measurement.js'
import { openRecording } from '../../src/recordings/open-recording.js'
import { verifyRecording } from '../../src/recordings/verify-recording.js'
import type { Sink } from '../../src/sinks/contract.js'
import { createRecordingSink } from '../../src/sinks/recording/recording-sink.js'
import { loadSite } from '../../src/site/load-site.js'
import { surroundings } from '../acquisition/fake-driver.js'
import { type FakeServer, startFakeServer } from '../fakes/modbus/server.js'

let root: string
const servers: FakeServer[] = []
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'reload-'))
})
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())))
afterAll(() => rm(root, { recursive: true }))

/** A unit whose every register says how many requests it has answered. */
async function countingServer() {
  let answered = 0
  const server = await startFakeServer(
    new Map([
      [
        1,
        (request, wire) => {
          answered++
          const count = request.pdu.readUInt16BE(3)
          const reply = Buffer.alloc(2 + 2 * count)
          reply.set([3, 2 * count])
          for (let word = 0; word < count; word++) reply.writeUInt16BE(answered & 0xffff, 2 + 2 * word)
          wire.reply(request, reply)
        },
      ],
    ]),
  )
  servers.push(server)
  return { server, answered: () => answered }
}

function keeper(freight: Freight[]): Sink {
  return {
    name: 'keeper',
    policy: 'wait',
    start: () => Promise.resolve(),
    take: (one) => void freight.push(one),
    close: () => Promise.resolve(),
    tally: () => ({ stored: freight.length, buffered: 0, dropped: 0, drops: [] }),
  }
}

interface Recorded {
  readonly freight: readonly Freight[]
  readonly folder: string
}

/** Records what the site file says while `act` changes it. */
async function recorded(
  name: string,
  site: string,
  act: (change: (site: string) => Promise<string>, road: RunningRoad) => Promise<void>,
): Promise<Recorded> {
  const [file, folder] = [join(root, `${name}.yaml`), join(root, name)]
  await writeFile(file, site)
  const stop = new AbortController()
  const around = surroundings(systemClock, stop.signal)
  const followed = followSite([], { load: () => loadSite(file), around })
  const freight: Freight[] = []
  const recording = createRecordingSink({ folder, flushIntervalMs: 100, clock: systemClock, log: around.log })
  await acquire({
    ...(await followed.resolve()),
    purpose: 'test',
    tool: 'test',
    sinks: [recording, keeper(freight)],
    around,
    attend: async (road) => {
      await road.ready
      const change = async (changed: string): Promise<string> => {
        await writeFile(file, changed)
        let said = ''
        await reloadSite({ road, reload: followed.reload, clock: systemClock, say: (text) => (said = text) })
        return said
      }
      await act(change, road).finally(() => stop.abort())
    },
  })
  return { freight, folder }
}

const valuesOf = (freight: readonly Freight[], key: string): number[] =>
  freight.flatMap((one) => (one.kind === 'batch' ? [...readingsOf(one)].flatMap(({ sensor, value }) => (sensor === key ? value : [])) : []))
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

function siteOf(
  sensors: Readonly<Record<string, { readonly port: number; readonly register: number; readonly unit?: string; readonly every?: string }>>,
): string {
  const lines = Object.entries(sensors).map(([key, { port, register, unit = 'bar', every = '20ms' }]) => {
    const address = `modbus-tcp://127.0.0.1:${port}/1/holding/${register}?as=uint16`
    return `  ${key}: { address: "${address}", kind: pressure, unit: ${unit}, every: ${every} }`
  })
  return ['site: plant', 'sensors:', ...lines, ''].join('\n')
}

describe('a site file that is read again while it is recorded', { timeout: 60_000 }, () => {
  it('leaves lines that stay the same alone: nothing of theirs is missing or doubled over twenty times', async () => {
    const [same, other] = [await countingServer(), await countingServer()]
    const [a, b] = [same.server.port, other.server.port]
    const kept = { 'p/kept': { port: a, register: 0 } }
    const { freight, folder } = await recorded('twenty', siteOf(kept), async (change) => {
      for (let turn = 0; turn < 20; turn++) {
        const more =
          turn % 2 === 0
            ? { 'q/a': { port: b, register: 0 }, [`q/b${turn}`]: { port: b, register: 1 } }
            : { 'q/a': { port: b, register: 0 } }
        await change(siteOf({ ...kept, ...more }))
        await pause(50)
      }
    })
    const values = valuesOf(freight, 'p/kept')
    expect(values).toEqual(values.map((_, index) => index + 1))
    expect(same.answered() - values.length).toBeLessThanOrEqual(1)
    expect(same.server.connections).toMatchObject({ total: 1 })
    expect(other.server.connections.most).toBeLessThanOrEqual(2)
    // A machine under load may poll too late, which is told; nobody was away.
    expect(freight.filter((one) => one.kind === 'gap' && !one.cause.startsWith('the line took longer'))).toEqual([])
    const own = valuesOf(freight, 'q/a')
    expect(own).toEqual([...new Set(own)].toSorted((x, y) => x - y))
    expect(await verifyRecording(folder)).toMatchObject({ ok: true })
    const { manifest } = await openRecording(folder)
    expect(manifest.sensors.map(({ key }) => key)).toEqual(['p/kept', 'q/a', ...Array.from({ length: 10 }, (_, turn) => `q/b${2 * turn}`)])
    expect(manifest.sensors.every(({ unit }) => unit === 'bar')).toBe(true)
  })

  it('that is wrong, or leaves nothing to record, changes nothing and says why', async () => {
    const { server } = await countingServer()
    const site = siteOf({ 'p/kept': { port: server.port, register: 0 } })
    const said: string[] = []
    const { freight } = await recorded('wrong', site, async (change) => {
      for (const wrong of ['sensors: [', 'site: plant\nsensors: {}\n', site.replace('modbus-tcp', 'carrier-pigeon')])
        said.push(await change(wrong))
      await pause(50)
    })
    expect(said).toHaveLength(3)
    for (const text of said) expect(text).toMatch(/^the site file is not gone by, all goes on as before: ./)
    const events = freight.flatMap((one) => (one.kind === 'event' && one.event === 'configuration' ? one.text : []))
    expect(events).toEqual(said)
    expect(server.connections.total).toBe(1)
  })

  it('cannot make a name mean something else: it stays as it was, and a new limit or period is taken over', async () => {
    const { server } = await countingServer()
    const { port } = server
    const before = { 'p/a': { port, register: 0 }, 'p/b': { port, register: 1 } }
    let said = ''
    const { folder } = await recorded('refused', siteOf(before), async (change) => {
      said = await change(siteOf({ 'p/a': { port, register: 0, unit: 'mbar' }, 'p/b': { port, register: 1, every: '40ms' } }))
      await pause(200)
    })
    expect(said).toBe(
      `the site file was read again: 1 sensor changed (p/b); p/a stays as it was: it is modbus-tcp://127.0.0.1:${port}/1/holding/0?as=uint16 in bar, and would be modbus-tcp://127.0.0.1:${port}/1/holding/0?as=uint16 in mbar`,
    )
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as { sensors: unknown[] }
    expect(manifest.sensors).toMatchObject([
      { key: 'p/a', unit: 'bar', periodMs: 20 },
      { key: 'p/b', periodMs: 40 },
    ])
  })

  it('ends what it no longer names', async () => {
    const [one, two] = [await countingServer(), await countingServer()]
    const kept = { 'p/a': { port: one.server.port, register: 0 } }
    await recorded('gone', siteOf({ ...kept, 'q/a': { port: two.server.port, register: 0 } }), async (change, road) => {
      await expect.poll(() => two.server.connections.now, { timeout: 10_000 }).toBe(1)
      await change(siteOf(kept))
      expect(road.status()).toMatchObject({ sensors: { total: 1 }, lines: [{ state: 'open' }] })
      await expect.poll(() => two.server.connections.now, { timeout: 10_000 }).toBe(0)
    })
  })
})
