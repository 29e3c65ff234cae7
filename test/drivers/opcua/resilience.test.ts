import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { opcuaDriver } from '../../../src/drivers/opcua/driver.js'
import type { Freight } from '../../../src/readings/measurement.js'
import { QUALITY } from '../../../src/readings/quality.js'
import { activeResources, expectNothingLeft } from '../../conformance/leftovers.js'
import { surroundingsOf } from '../../conformance/surroundings.js'
import { startFakeServer } from '../../fakes/opcua/fake-server.js'
import { startStallingProxy } from '../../fakes/opcua/stalling-proxy.js'

const stateFolder = mkdtempSync(join(tmpdir(), 'opcua-state-'))
afterAll(() => rmSync(stateFolder, { recursive: true, force: true }))

describe('a line that goes silent in use', () => {
  it('gives bad readings, then a fault worth a retry, and leaves nothing', async () => {
    // Loading the library opens our own output, which is no leftover.
    await import('../../../src/drivers/opcua/open.js')
    const before = activeResources()
    const server = await startFakeServer()
    const proxy = await startStallingProxy(server.port)
    const sensor = {
      key: 't',
      address: `opc.tcp://127.0.0.1:${proxy.port}/pump?node=ns=1;s=Temperature`,
      kind: 'temperature',
      unit: null,
      periodMs: 100,
    } as const
    const seen: Freight[] = []
    const opening = opcuaDriver.open([sensor], surroundingsOf({ stateFolder, timeoutMs: 300 }))
    const listening = (async () => {
      await using connection = await opening
      for await (const measurement of connection.measurements()) {
        seen.push(measurement)
        if (seen.length === 2) proxy.stall()
      }
    })()
    await expect(listening).rejects.toMatchObject({ code: 'OPCUA_SILENT', retry: true })
    const qualities = seen.flatMap((one) => (one.kind === 'batch' ? [...one.quality] : []))
    expect(qualities).toEqual([0, 0, QUALITY['no-response'], QUALITY['no-response']])
    const missing = seen.flatMap((one) => (one.kind === 'gap' ? [one.missing] : []))
    expect(missing.length).toBeGreaterThan(0)
    await proxy.stop()
    await server.stop()
    await expectNothingLeft(before)
  })
})

describe('several at once', () => {
  it('make one certificate between them the first time', async () => {
    const server = await startFakeServer()
    const fresh = mkdtempSync(join(tmpdir(), 'opcua-first-'))
    const probes = [1, 2, 3, 4].map(() => opcuaDriver.probe(server.url, surroundingsOf({ stateFolder: fresh, timeoutMs: 5000 })))
    for (const report of await Promise.all(probes)) expect(report.points.length).toBeGreaterThan(0)
    const own = readdirSync(join(fresh, 'opcua', 'pki', 'own', 'certs'))
    expect(own.filter((name) => name.endsWith('.pem'))).toEqual(['client_certificate.pem'])
    rmSync(fresh, { recursive: true, force: true })
    await server.stop()
  })
})
