import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Progress, Surroundings } from '../../../src/drivers/contract.js'
import { modbusDriver } from '../../../src/drivers/modbus/driver.js'
import type { ProbeWishes } from '../../../src/drivers/probe-report.js'
import { CATALOGUE } from '../../../src/faults/catalogue.js'
import { surroundingsOf } from '../../conformance/surroundings.js'
import { fakeDevice, putRegisters } from '../../fakes/modbus/device.js'
import { encodeRegisters } from '../../fakes/modbus/encode-registers.js'
import { BEHAVIOURS, type FakeServer, startFakeServer } from '../../fakes/modbus/server.js'

const device = fakeDevice({
  identification: new Map([
    [0, 'Acme'],
    [5, 'PX-7'],
  ]),
})
putRegisters(
  device.holding,
  100,
  [23.4, 1480, 6.5].flatMap((value) => encodeRegisters(value, 'float32', 'cdab')),
)
device.coil.set(0, true).set(1, false)
const UNITS = new Map([
  ...Array.from({ length: 256 }, (_, unit) => [unit, BEHAVIOURS.exception(11)] as const),
  [1, BEHAVIOURS.fine(device)],
  [2, BEHAVIOURS.short(device)],
  [5, BEHAVIOURS.exception(4)],
  [6, BEHAVIOURS.silent()],
  [10, BEHAVIOURS.exception(11)],
])

let server: FakeServer | undefined
afterEach(() => server?.stop())

async function probe(path: string, given: Partial<Surroundings> = {}, wishes: ProbeWishes = {}) {
  server = await startFakeServer(UNITS)
  return modbusDriver.probe(`modbus-tcp://127.0.0.1:${server.port}${path}`, surroundingsOf({ timeoutMs: 100, ...given }), wishes)
}

describe('a Modbus probe', () => {
  it('finds an island of registers among refused ones, and says what it did not look at', async () => {
    const report = await probe('/1')
    expect(report.device).toMatchObject({
      description: 'Modbus unit 1 · Acme PX-7',
      identity: { maker: 'Acme', model: 'PX-7', revision: null },
    })
    expect(report.device.facts).toMatchObject({ 'readable holding': '100–105', 'readable coil': '0–1' })
    // How much of a table full of refusals a second is enough for depends on this machine.
    expect(report.device.facts['readable input']).toMatch(/^none( found so far)?$/)
    expect(report.points.map(({ type, value, unit }) => [type, value, unit])).toEqual([
      ['float32', 23.4, null],
      ['float32', 1480, null],
      ['float32', 6.5, null],
      ['boolean', true, null],
    ])
    expect(report.warnings).toContain('addresses from 1000 on were not looked at')
    expect(server?.connections).toMatchObject({ most: 1, reset: 0 })
  })

  it('looks at every single address where that is wished', async () => {
    device.discrete.set(777, true)
    const report = await probe('/1', {}, { search: 'thorough' })
    device.discrete.clear()
    expect(report.device.facts).toMatchObject({ 'readable discrete': '777', 'readable input': 'none' })
    expect(report.verdicts?.filter(({ verdict }) => verdict === 'not looked at')).toEqual([])
    expect(report.warnings.join()).not.toContain('not everything')
  }, 60_000)

  it('that is stopped says what it had found', async () => {
    const stop = new AbortController()
    const progress = ({ done }: Progress): void => {
      if (done > 1500) stop.abort()
    }
    const report = await probe('/1', { signal: stop.signal, progress, timeoutMs: 2000 }, { search: 'thorough' })
    expect(report.device.facts).toMatchObject({ 'readable holding': '100–105', 'readable discrete': 'none found so far' })
    expect(report.points.map(({ value }) => value)).toEqual([23.4, 1480, 6.5])
    expect(report.warnings).toContain('stopped before its end; this is what was found until then')
    await expect.poll(() => server?.connections.now).toBe(0)
  }, 60_000)

  it('looks into the units of a host that was named alone', async () => {
    const report = await probe('')
    expect(report.device.description).toMatch(/^\d Modbus units: 1, /)
    expect(report.points.length).toBeGreaterThanOrEqual(4)
  })

  it('reads one value as its address says', async () => {
    const report = await probe('/1/holding/102?as=float32&order=cdab&scale=0.5')
    expect(report.points).toMatchObject([{ value: 740, type: 'float32', confidence: 0.5 }])
  })

  it('says by its own code why there is nothing', async () => {
    const expected = {
      '/6': 'MODBUS_NO_RESPONSE',
      '/10': 'MODBUS_UNIT_ABSENT',
      '/2': 'MODBUS_MALFORMED',
      '/1/holding/9': 'MODBUS_ADDRESS',
      '/5/holding/9': 'MODBUS_EXCEPTION',
    } as const
    for (const [path, code] of Object.entries(expected)) {
      await expect(probe(path), path).rejects.toMatchObject({ code })
      await server?.stop()
    }
    await expect(probe('/6')).rejects.toThrow(/^unit 6 on 127\.0\.0\.1:\d+: no answer within 100 ms$/)
  })

  it('tells of a port that speaks something else', async () => {
    const web = createServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))).listen(0, '127.0.0.1')
    await once(web, 'listening')
    for (const path of ['', '/1']) {
      const attempt = modbusDriver.probe(`modbus-tcp://127.0.0.1:${(web.address() as AddressInfo).port}${path}`, surroundingsOf())
      await expect(attempt).rejects.toMatchObject({ code: 'MODBUS_FOREIGN' })
    }
    web.close()
  })

  it('has advice for each of its codes whose values the faults carry', async () => {
    const fault = await probe('/6').catch((thrown: { facts: { advice: Record<string, string> } }) => thrown)
    const names = CATALOGUE.MODBUS_NO_RESPONSE.advice.flatMap((line) => [...line.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))
    expect(Object.keys((fault as { facts: { advice: Record<string, string> } }).facts.advice)).toEqual(expect.arrayContaining(names))
  })
})
