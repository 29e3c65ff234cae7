import { afterEach, describe, expect, it } from 'vitest'
import { modbusDriver } from '../../../src/drivers/modbus/driver.js'
import { readingsOf } from '../../../src/readings/batch.js'
import { qualityOf } from '../../../src/readings/quality.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import { surroundingsOf } from '../../conformance/surroundings.js'
import { fakeDevice, putRegisters } from '../../fakes/modbus/device.js'
import { BEHAVIOURS, type FakeServer, startFakeServer } from '../../fakes/modbus/server.js'

const device = fakeDevice()
putRegisters(device.holding, 0, [1234])
/** The fake line of style.md: unit ids are faults. */
const LINE = new Map([
  [1, BEHAVIOURS.fine(device)],
  [2, BEHAVIOURS.short(device)],
  [3, BEHAVIOURS.garbage()],
  [4, BEHAVIOURS.wrongUnit(device)],
  [5, BEHAVIOURS.exception(4)],
  [6, BEHAVIOURS.silent()],
  [7, BEHAVIOURS.late(device, 180)],
  [8, BEHAVIOURS.slices(device, 4)],
  [9, BEHAVIOURS.wrongTransaction(device)],
  [10, BEHAVIOURS.exception(11)],
  [11, BEHAVIOURS.exception(2)],
])
const OTHER = fakeDevice()
putRegisters(OTHER.holding, 0, [4321])

let server: FakeServer | undefined
afterEach(() => server?.stop())

/** Polls one register of each unit until each has been seen `times` times. */
async function poll(
  units: readonly number[],
  options: { readonly times: number; readonly periodMs?: number; readonly timeoutMs?: number },
) {
  const line = `modbus-tcp://127.0.0.1:${server?.port}`
  const sensors = units.map(
    (unit): Sensor => ({
      key: String(unit),
      address: `${line}/${unit}/holding/0`,
      kind: 'other',
      unit: null,
      periodMs: options.periodMs ?? 50,
    }),
  )
  const warnings: string[] = []
  const log = { note: () => {}, warn: (text: string) => void warnings.push(text) }
  const seen = new Map<string, { value: number; reason: string | null; at: number }[]>(units.map((unit) => [String(unit), []]))
  await using connection = await modbusDriver.open(sensors, surroundingsOf({ timeoutMs: options.timeoutMs ?? 100, log }))
  for await (const batch of connection.measurements()) {
    if (batch.kind !== 'batch') continue
    for (const { sensor, value, quality, measuredAt } of readingsOf(batch))
      seen.get(sensor)?.push({ value, reason: qualityOf(quality).reason, at: measuredAt })
    if ([...seen.values()].every((rows) => rows.length >= options.times)) break
  }
  return { seen, warnings }
}

describe('a line whose units are its faults', () => {
  it('gives the value of the units that are well and no value, with the reason, of all others', async () => {
    server = await startFakeServer(LINE)
    // Unit 8 takes 40 ms of timers, and a busy machine much longer.
    const { seen } = await poll([1, 2, 4, 5, 6, 8, 9, 10, 11], { times: 3, periodMs: 700, timeoutMs: 500 })
    const reasons = Object.fromEntries(
      [...seen].map(([unit, rows]) => [unit, [...new Set(rows.map(({ reason, value }) => reason ?? value))]]),
    )
    expect(reasons).toEqual({
      1: [1234],
      2: ['undecodable'],
      4: ['undecodable'],
      5: ['device-fault'],
      6: ['no-response'],
      8: [1234],
      9: ['no-response'],
      10: ['no-response'],
      11: ['not-configured'],
    })
  })

  it('goes on with the others after garbage, and never takes garbage or a late reply for a value', async () => {
    // So late that no busy machine takes it for one in time, and still while others are asked.
    server = await startFakeServer(new Map([...LINE, [1, BEHAVIOURS.fine(OTHER)], [7, BEHAVIOURS.late(device, 1000)]]))
    const { seen } = await poll([3, 7, 1], { times: 26 })
    // A busy machine may be too late for the one that is well, too; it then has no value, and never another's.
    const well = new Set(seen.get('1')?.map(({ value, reason }) => reason ?? value))
    well.delete('no-response')
    expect(well).toEqual(new Set([4321]))
    expect(seen.get('3')?.every(({ reason }) => reason === 'undecodable' || reason === 'no-response')).toBe(true)
    expect(seen.get('7')?.every(({ reason }) => reason === 'no-response')).toBe(true)
  })

  it('warns once of a sensor that gives no value, with code and cause', async () => {
    server = await startFakeServer(LINE)
    const { warnings } = await poll([1, 6], { times: 6 })
    expect(warnings).toEqual(['6 gives no value: unit 6, holding 0: no answer within 100 ms'])
  })

  it('lets a mute unit cost the others less and less', async () => {
    server = await startFakeServer(LINE)
    const { seen } = await poll([1, 6], { times: 30, periodMs: 20, timeoutMs: 200 })
    const asked = server.requests.filter(({ unit }) => unit === 6).length
    expect(asked).toBeLessThanOrEqual(5)
    const times = seen.get('1')?.map(({ at }) => at) ?? []
    const pausesMs = times.slice(1).map((at, index) => (at - (times[index] ?? 0)) / 1000)
    expect(pausesMs.filter((pause) => pause > 60).length).toBeLessThanOrEqual(asked)
  })

  it('asks for neighbours in one request, and parts it when the unit refuses the hole between them', async () => {
    putRegisters(device.holding, 5, [7])
    server = await startFakeServer(LINE)
    const line = `modbus-tcp://127.0.0.1:${server.port}`
    const sensors = [0, 5].map(
      (register): Sensor => ({ key: String(register), address: `${line}/1/holding/${register}`, kind: 'other', unit: null, periodMs: 20 }),
    )
    await using connection = await modbusDriver.open(sensors, surroundingsOf())
    let polls = 0
    for await (const batch of connection.measurements()) {
      // A machine that is busy may miss a period of 20 ms; only answers count.
      if (batch.kind !== 'batch') continue
      expect([...batch.value]).toEqual([1234, 7])
      if (++polls === 3) break
    }
    expect(server.requests.map(({ pdu }) => pdu.readUInt16BE(3))).toEqual([6, 1, 1, 1, 1, 1, 1])
  })

  it('closes with FIN and never holds more than one connection', async () => {
    server = await startFakeServer(LINE)
    await poll([1], { times: 2 })
    await expect.poll(() => server?.connections.now).toBe(0)
    expect(server.connections).toMatchObject({ most: 1, total: 1, reset: 0 })
  })
})
