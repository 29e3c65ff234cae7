import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseModbusPoint } from '../../../src/drivers/modbus/address.js'
import { DeviceLimits } from '../../../src/drivers/modbus/device-limits.js'
import { modbusDriver } from '../../../src/drivers/modbus/driver.js'
import { recallHost, rememberOfHost, type TableNote } from '../../../src/drivers/modbus/host-memory.js'
import { LineLessons } from '../../../src/drivers/modbus/line-lessons.js'
import { bisect, type PlannedRequest, planRequests } from '../../../src/drivers/modbus/request-plan.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import { machineClock, surroundingsOf } from '../../conformance/surroundings.js'
import { answerOf, exception, fakeDevice, putRegisters } from '../../fakes/modbus/device.js'
import { type FakeServer, startFakeServer } from '../../fakes/modbus/server.js'

const NOW = 1_000_000_000_000_000
const DAY = 86_400_000_000
const device = fakeDevice()
putRegisters(
  device.holding,
  0,
  Array.from({ length: 60 }, (_, at) => at * 3),
)

let stateFolder: string
const servers: FakeServer[] = []
beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'chatterfix-lessons-'))
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
  await rm(stateFolder, { recursive: true })
})

/** A device that gives at most so many registers at a time. */
async function start(largest: number, port = 0): Promise<FakeServer> {
  const server = await startFakeServer(
    new Map([
      [
        1,
        (request, wire) =>
          wire.reply(request, request.pdu.readUInt16BE(3) > largest ? exception(request.pdu[0] ?? 0, 3) : answerOf(device, request.pdu)),
      ],
    ]),
    port,
  )
  servers.push(server)
  return server
}

/** Polls 60 registers so often. @returns how many readings were not what they should be. */
async function poll(port: number, batches: number): Promise<number> {
  const sensors = Array.from({ length: 60 }, (_, at): Sensor => {
    return { key: String(at), address: `modbus-tcp://127.0.0.1:${port}/1/holding/${at}`, kind: 'other', unit: null, periodMs: 20 }
  })
  let [seen, wrong] = [0, 0]
  await using connection = await modbusDriver.open(sensors, surroundingsOf({ stateFolder }))
  for await (const batch of connection.measurements()) {
    if (batch.kind !== 'batch') continue
    wrong += batch.value.filter((value, row) => batch.quality[row] !== 0 || value !== (batch.sensor[row] ?? 0) * 3).length
    if (++seen >= batches) break
  }
  return wrong
}

const sizes = ({ requests }: FakeServer, from = 0): number[] => requests.slice(from).map(({ pdu }) => pdu.readUInt16BE(3))

describe('what a line has learnt', () => {
  it('is known to the next connection, which has nothing refused; and a device with smaller limits in its place is learnt anew', async () => {
    const first = await start(16)
    expect(await poll(first.port, 12)).toBe(0)
    expect(Math.max(...sizes(first))).toBeGreaterThan(16)
    const before = first.requests.length
    expect(await poll(first.port, 3)).toBe(0)
    expect(Math.max(...sizes(first, before))).toBeLessThanOrEqual(16)
    await first.stop()
    const second = await start(6, first.port)
    expect(await poll(second.port, 15)).toBe(0)
    const learnt = second.requests.length
    expect(await poll(second.port, 3)).toBe(0)
    expect(Math.max(...sizes(second, learnt))).toBeLessThanOrEqual(6)
  })

  it('is forgotten after a week, and not believed where it comes from the future or cannot be read', async () => {
    const place = (now: number) => ({ target: { host: 'h', port: 502 }, stateFolder, clock: { ...machineClock, now: () => now } })
    await rememberOfHost(place(NOW), () => ({
      price: { words: 33, at: NOW },
      tables: [{ unit: 1, table: 'holding', granted: 8, refused: 9, walls: [], alone: [], at: NOW }],
    }))
    const at = async (now: number) => {
      const { limits, costs } = await LineLessons.recall(place(now), 100)
      return [limits.largest(1, 'holding'), costs.wordsPerRequest]
    }
    expect(await at(NOW + 6 * DAY)).toEqual([8, 33])
    expect(await at(NOW + 8 * DAY)).toEqual([125, 100])
    expect(await at(NOW - DAY)).toEqual([125, 100])
    await writeFile(join(stateFolder, 'modbus-hosts', 'h_502.json'), '{"schema":"chatterfix/modbus-host/1","tables":[{"unit":-1}]}')
    expect(await at(NOW)).toEqual([125, 100])
  })

  it('keeps what others have written of other units meanwhile', async () => {
    const place = { target: { host: 'h', port: 502 }, stateFolder, clock: machineClock }
    const lessons = await LineLessons.recall(place, 100)
    const [request] = planRequests([parseModbusPoint('modbus-tcp://h/1/holding/4')])
    if (request) lessons.limits.refusedAlone(request)
    const note: TableNote = { unit: 2, table: 'input', granted: 8, refused: 9, walls: [], alone: [], at: machineClock.now() }
    await rememberOfHost(place, () => ({ tables: [note] }))
    await lessons.write()
    const { tables } = await recallHost(place)
    expect(tables.map(({ unit, alone }) => [unit, alone])).toEqual([
      [1, [{ register: 4, width: 1 }]],
      [2, []],
    ])
  })
})

describe('limits from an earlier connection', () => {
  it('are given up where the device refuses what they allow, whatever it gives now', () => {
    const points = Array.from({ length: 200 }, (_, at) => parseModbusPoint(`modbus-tcp://h/1/holding/${at}`))
    for (const largest of [1, 5, 20, 31]) {
      const limits = new DeviceLimits([{ unit: 1, table: 'holding', granted: 32, refused: 35, walls: [], alone: [], at: NOW }])
      const ask = (request: PlannedRequest): boolean => {
        if (request.span.quantity <= largest) {
          limits.accepted(request)
          return true
        }
        const halves = bisect(request)
        if (halves?.map(ask).every(Boolean)) limits.parted({ whole: request, halves, code: 2 })
        return false
      }
      const plan = () => planRequests(points, { largest: limits.largest, isForbidden: limits.isForbidden, standsAlone: limits.standsAlone })
      for (let round = 0; round < 20; round++) for (const request of plan()) ask(request)
      expect(Math.max(...plan().map(({ span }) => span.quantity)), `largest ${largest}`).toBeLessThanOrEqual(largest)
      expect(plan().length).toBeLessThanOrEqual(Math.ceil(200 / Math.max(1, largest - 4)))
    }
  })
})
