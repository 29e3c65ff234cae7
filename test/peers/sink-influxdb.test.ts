import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInfluxSink } from '../../src/sinks/influx/influx-sink.js'
import { surroundings, temporaryFolder } from '../sinks/spool/material.js'
import { type FarEndProcess, farEndProcess, freePort } from './far-end-process.js'
import { missingPeer } from './requirement.js'
import { throughAnOutage } from './through-an-outage.js'

const missing = missingPeer('influxdb', ['which', 'influxd'])

describe.skipIf(missing !== null)(`the influx sink against Debian's influxdb${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let folder: string
  let port: number
  let server: FarEndProcess

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'influxdb-'))
    port = await freePort()
    const config = join(folder, 'influxdb.conf')
    writeFileSync(config, configuration(folder, port, await freePort()))
    server = farEndProcess({ command: 'influxd', args: ['run', '-config', config], port })
    await server.start()
  })
  afterAll(async () => {
    await server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  async function select(database: string, query: string): Promise<readonly (readonly unknown[])[]> {
    const asked = new URLSearchParams({ db: database, q: query, epoch: 'ns' }).toString()
    const answer = await fetch(`http://127.0.0.1:${port}/query?${asked}`, { headers: { connection: 'close' } })
    const { results } = (await answer.json()) as { results: readonly { series?: readonly { values: readonly (readonly unknown[])[] }[] }[] }
    return results[0]?.series?.flatMap(({ values }) => values) ?? []
  }

  it('loses nothing and doubles nothing while the server is killed and comes back', async () => {
    const sink = createInfluxSink(`influx://127.0.0.1:${port}/plant?create=yes`, surroundings(await temporaryFolder()))
    const { taken } = await throughAnOutage(sink, { kill: () => server.kill('SIGKILL'), restart: () => server.start() })
    const [[, count, sum] = []] = await select('plant', 'SELECT count(value), sum(value) FROM readings')
    expect(count).toBe(taken)
    // 0 + 1 + … + (n − 1).
    expect(sum).toBe((taken * (taken - 1)) / 2)
    const [[at, value] = []] = await select(
      'plant',
      `SELECT value FROM readings WHERE sensor = 'pump/pressure' AND asset = 'pump' AND unit = 'bar' LIMIT 1`,
    )
    expect([at, value]).toEqual([1_795_359_600_001_000_000, 1])
  })

  it('is understood with every character that a name may have', async () => {
    const sink = createInfluxSink(`influx://127.0.0.1:${port}/names?create=yes`, surroundings(await temporaryFolder()))
    const names = ['a b', 'a,b', 'a=b', 'a"b', 'a\\b', 'ä°µ✓', "a'b", 'a\\,b', 'a\\ b']
    await sink.start({ startedAt: 1, sensors: [], assets: [], site: null, tool: 'test', purpose: 'test' })
    await sink.take({
      kind: 'batch',
      sensors: names,
      sensor: Uint32Array.from(names.keys()),
      measuredAt: new Float64Array(names.length).fill(1_795_359_600_000_000),
      receivedAt: 1_795_359_600_000_000,
      value: new Float64Array(names.length).fill(1),
      quality: new Uint8Array(names.length),
      texts: names.map((name) => `${name}\nsays "x\\"`),
    })
    await sink.close('duration')
    expect(sink.tally()).toMatchObject({ stored: names.length, buffered: 0, dropped: 0 })
    const rows = await select('names', 'SELECT sensor, text FROM readings')
    expect(rows.map(([, sensor]) => sensor).toSorted()).toEqual(names.toSorted())
    expect(rows.every(([, sensor, text]) => text === `${String(sensor)}\nsays "x\\"`)).toBe(true)
  })

  it('tells of a database that is not there, and keeps everything', async () => {
    const around = surroundings(await temporaryFolder())
    const sink = createInfluxSink(`influx://127.0.0.1:${port}/nowhere`, around)
    await sink.start({ startedAt: 1, sensors: [], assets: [], site: null, tool: 'test', purpose: 'test' })
    await sink.take({
      kind: 'batch',
      sensors: ['a'],
      sensor: Uint32Array.of(0),
      measuredAt: Float64Array.of(1),
      receivedAt: 1,
      value: Float64Array.of(1),
      quality: Uint8Array.of(0),
    })
    await sink.close('duration')
    expect(sink.tally()).toMatchObject({ stored: 0, spooled: 1 })
    expect(around.log.warnings[0]).toContain('HTTP 404 database not found: "nowhere"')
  })
})

function configuration(folder: string, port: number, rpcPort: number): string {
  return `reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
  dir = "${folder}/meta"
[data]
  dir = "${folder}/data"
  wal-dir = "${folder}/wal"
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
`
}
