import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { modbusDriver } from '../../../src/drivers/modbus/driver.js'
import { recallPipelining, rememberPipelining } from '../../../src/drivers/modbus/host-memory.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import { surroundingsOf } from '../../conformance/surroundings.js'
import { answerOf, fakeDevice } from '../../fakes/modbus/device.js'
import { BEHAVIOURS, type Behaviour, type FakeServer, startFakeServer } from '../../fakes/modbus/server.js'

const device = fakeDevice()
const REGISTERS = [0, 500, 1000, 1500, 2000, 2500, 3000, 3500]
for (const register of REGISTERS) device.holding.set(register, register + 7)

let server: FakeServer
let stateFolder: string
beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'chatterfix-pipelining-'))
})
afterEach(async () => {
  await server.stop()
  await rm(stateFolder, { recursive: true })
})

/** Answers each question after some ms, as many at a time as come: what a network with a delay looks like. */
const distant =
  (ms: number): Behaviour =>
  (request, wire) =>
    wire.after(ms, () => wire.reply(request, answerOf(device, request.pdu)))

/** Answers one question at a time and drops what comes meanwhile. */
function single(ms: number): Behaviour & { dropped: number } {
  let isBusy = false
  const behave: Behaviour & { dropped: number } = Object.assign(
    ((request, wire) => {
      if (isBusy) {
        behave.dropped++
        return
      }
      isBusy = true
      wire.after(ms, () => {
        isBusy = false
        wire.reply(request, answerOf(device, request.pdu))
      })
    }) as Behaviour,
    { dropped: 0 },
  )
  return behave
}

/** Polls as fast as the line allows. @returns how often each value was right, and how many readings were bad. */
async function poll(batches: number): Promise<{ readonly wrong: number; readonly bad: number }> {
  const sensors = REGISTERS.map(
    (register): Sensor => ({
      key: String(register),
      address: `modbus-tcp://127.0.0.1:${server.port}/1/holding/${register}`,
      kind: 'other',
      unit: null,
      periodMs: 1,
    }),
  )
  let [seen, wrong, bad] = [0, 0, 0]
  await using connection = await modbusDriver.open(sensors, surroundingsOf({ stateFolder, timeoutMs: 400 }))
  for await (const batch of connection.measurements()) {
    if (batch.kind !== 'batch') continue
    batch.value.forEach((value, row) => {
      if (batch.quality[row] !== 0) bad++
      else if (value !== (REGISTERS[batch.sensor[row] ?? 0] ?? 0) + 7) wrong++
    })
    if (++seen >= batches) break
  }
  return { wrong, bad }
}

const target = () => ({ host: '127.0.0.1', port: server.port })

describe('several questions at a time', () => {
  it('go to a host that has shown that it can, and are faster there', async () => {
    server = await startFakeServer(new Map([[1, distant(8)]]))
    expect(await poll(6)).toEqual({ wrong: 0, bad: 0 })
    const startedMs = performance.now()
    expect(await poll(40)).toEqual({ wrong: 0, bad: 0 })
    expect(await recallPipelining(stateFolder, target())).toBe('works')
    // One at a time, 40 rounds of 8 requests of 8 ms would take 2.56 s.
    expect(performance.now() - startedMs).toBeLessThan(2300)
  })

  it('are never tried again on a host that drops the second, over restarts too; no value is wrong meanwhile', async () => {
    const behaviour = single(4)
    server = await startFakeServer(new Map([[1, behaviour]]))
    expect((await poll(14)).wrong).toBe(0)
    expect(behaviour.dropped).toBe(1)
    expect(await recallPipelining(stateFolder, target())).toBe('never')
    expect(await poll(14)).toEqual({ wrong: 0, bad: 0 })
    expect(behaviour.dropped).toBe(1)
  })

  it('are not tried where nobody could remember the outcome, where somebody who tried has not lived to tell, or where the line is idle', async () => {
    const behaviour = single(4)
    server = await startFakeServer(new Map([[1, behaviour]]))
    await rememberPipelining(stateFolder, target(), { verdict: 'trying', because: 'test' })
    await poll(10)
    expect(behaviour.dropped).toBe(0)
    const folder = stateFolder
    stateFolder = '/dev/null/nowhere'
    await poll(10)
    stateFolder = folder
    expect(behaviour.dropped).toBe(0)
    expect(await readFile(join(folder, 'modbus-hosts', `127.0.0.1_${server.port}`), 'utf8')).toMatch(/^trying/)
  })
})

describe('a unit that pauses', () => {
  it('has all its values read after the pause, though its period is over', async () => {
    let asked = 0
    server = await startFakeServer(
      new Map<number, Behaviour>([[1, (request, wire) => (++asked % 11 === 0 ? distant(120) : BEHAVIOURS.fine(device))(request, wire)]]),
    )
    expect(await poll(20)).toEqual({ wrong: 0, bad: 0 })
  })
})

describe('a unit that falls silent', () => {
  it('does not keep the others from their period', async () => {
    let isMute = false
    server = await startFakeServer(
      new Map<number, Behaviour>([
        [1, BEHAVIOURS.fine(device)],
        [2, (request, wire) => (isMute ? undefined : BEHAVIOURS.fine(device)(request, wire))],
      ]),
    )
    const sensors = [1, 2].map(
      (unit): Sensor => ({
        key: String(unit),
        address: `modbus-tcp://127.0.0.1:${server.port}/${unit}/holding/0`,
        kind: 'other',
        unit: null,
        periodMs: 500,
      }),
    )
    const times: number[] = []
    let missing = 0
    await using connection = await modbusDriver.open(sensors, surroundingsOf({ stateFolder, timeoutMs: 3000 }))
    for await (const one of connection.measurements()) {
      if (one.kind === 'gap') missing += one.missing ?? 0
      if (one.kind !== 'batch') continue
      times.push(performance.now())
      isMute = times.length >= 2
      if (times.length === 6) break
    }
    const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0))
    expect(missing, 'samples lost').toBe(0)
    expect(Math.max(...pauses)).toBeLessThan(1100)
  })
})
