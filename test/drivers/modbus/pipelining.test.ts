import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Surroundings } from '../../../src/drivers/contract.js'
import { modbusDriver } from '../../../src/drivers/modbus/driver.js'
import { recallHost, rememberOfHost } from '../../../src/drivers/modbus/host-memory.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import { machineClock, surroundingsOf } from '../../conformance/surroundings.js'
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
async function poll(batches: number, given: Partial<Surroundings> = {}): Promise<{ readonly wrong: number; readonly bad: number }> {
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
  await using connection = await modbusDriver.open(sensors, surroundingsOf({ stateFolder, timeoutMs: 400, ...given }))
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

const sensorsOf = (units: readonly number[], periodMs: number): Sensor[] =>
  units.map((unit) => ({
    key: String(unit),
    address: `modbus-tcp://127.0.0.1:${server.port}/${unit}/holding/0`,
    kind: 'other',
    unit: null,
    periodMs,
  }))

const place = () => ({ target: { host: '127.0.0.1', port: server.port }, stateFolder, clock: machineClock })
const verdict = async () => (await recallHost(place())).several?.verdict

const unended = ({ hoursAgo, trials }: { readonly hoursAgo: number; readonly trials: number }) =>
  ({ verdict: 'trying', because: 'test', trials, at: machineClock.now() - hoursAgo * 3_600_000_000 }) as const

describe('several questions at a time', () => {
  it('go to a host that has shown that it can', async () => {
    const out = { now: 0, most: 0 }
    const watched: Behaviour = (request, wire) => {
      out.most = Math.max(out.most, ++out.now)
      wire.after(8, () => out.now--)
      distant(8)(request, wire)
    }
    server = await startFakeServer(new Map([[1, watched]]))
    expect(await poll(6, { timeoutMs: 5000 })).toEqual({ wrong: 0, bad: 0 })
    expect(await poll(40, { timeoutMs: 5000 })).toEqual({ wrong: 0, bad: 0 })
    expect(await verdict()).toBe('works')
    // How much faster that is depends on what else this machine does; the bench measures it.
    expect(out.most).toBeGreaterThan(2)
  })

  it('are never tried again on a host that drops the second, over restarts too; no value is wrong meanwhile', async () => {
    const behaviour = single(4)
    server = await startFakeServer(new Map([[1, behaviour]]))
    expect((await poll(30)).wrong).toBe(0)
    expect(behaviour.dropped).toBe(1)
    expect(await verdict()).toBe('never')
    expect(await poll(30)).toEqual({ wrong: 0, bad: 0 })
    expect(behaviour.dropped).toBe(1)
  })

  it('are not tried where nobody could remember the outcome, where somebody who tried has not lived to tell, or where the line is idle', async () => {
    const behaviour = single(4)
    server = await startFakeServer(new Map([[1, behaviour]]))
    await rememberOfHost(place(), () => ({ several: unended({ hoursAgo: 1, trials: 1 }) }))
    await poll(25)
    expect(behaviour.dropped).toBe(0)
    const folder = stateFolder
    stateFolder = '/dev/null/nowhere'
    await poll(25)
    stateFolder = folder
    expect(behaviour.dropped).toBe(0)
    expect(await verdict()).toBe('trying')
  })
})

describe('a trial that was not ended', () => {
  /** Answers the first of several questions only: whoever asked two waits for the second. */
  const unendingTrial = (): { readonly behave: Behaviour; readonly begun: Promise<void> } => {
    const begun = Promise.withResolvers<void>()
    let isBusy = false
    const behave: Behaviour = (request, wire) => {
      if (isBusy) return begun.resolve()
      isBusy = true
      wire.after(5, () => {
        isBusy = false
        wire.reply(request, answerOf(device, request.pdu))
      })
    }
    return { behave, begun: begun.promise }
  }

  it('leaves nothing behind when we are told to stop', async () => {
    const { behave, begun } = unendingTrial()
    server = await startFakeServer(new Map([[1, behave]]))
    const stop = new AbortController()
    const polling = poll(1000, { signal: stop.signal, timeoutMs: 5000 })
    await begun
    expect(await verdict()).toBe('trying')
    stop.abort()
    await polling
    expect((await recallHost(place())).several).toBeNull()
  })

  it('is followed by another after a day, and by none after the second that was not ended', async () => {
    server = await startFakeServer(new Map([[1, distant(4)]]))
    await rememberOfHost(place(), () => ({ several: unended({ hoursAgo: 25, trials: 2 }) }))
    await poll(25)
    expect(await verdict()).toBe('trying')
    await rememberOfHost(place(), () => ({ several: unended({ hoursAgo: 25, trials: 1 }) }))
    await poll(25)
    expect(await verdict()).toBe('works')
  })
})

describe('a unit that pauses', () => {
  it('gives a good value within its period though its time-out is over: it is asked again', async () => {
    let [asked, isPaused] = [0, false]
    const fine = BEHAVIOURS.fine(device)
    server = await startFakeServer(
      new Map<number, Behaviour>([
        [1, fine],
        [
          2,
          (request, wire) => {
            if (++asked === 2) {
              isPaused = true
              wire.after(400, () => {
                isPaused = false
              })
            }
            if (!isPaused) fine(request, wire)
          },
        ],
      ]),
    )
    const qualities: number[] = []
    await using connection = await modbusDriver.open(sensorsOf([1, 2], 2000), surroundingsOf({ stateFolder, timeoutMs: 500 }))
    for await (const batch of connection.measurements()) {
      if (batch.kind === 'batch') qualities.push(...batch.quality)
      if (asked >= 3) break
    }
    expect(qualities.every((quality) => quality === 0)).toBe(true)
  })

  it('takes all its time where it keeps no other waiting', async () => {
    let asked = 0
    server = await startFakeServer(
      new Map<number, Behaviour>([[1, (request, wire) => (++asked === 3 ? distant(600) : BEHAVIOURS.fine(device))(request, wire)]]),
    )
    const qualities: number[] = []
    await using connection = await modbusDriver.open(sensorsOf([1], 50), surroundingsOf({ stateFolder, timeoutMs: 5000 }))
    for await (const batch of connection.measurements()) {
      if (batch.kind === 'batch') qualities.push(...batch.quality)
      if (asked >= 6) break
    }
    expect(qualities.every((quality) => quality === 0)).toBe(true)
  })

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
    const times: number[] = []
    let missing = 0
    await using connection = await modbusDriver.open(sensorsOf([1, 2], 500), surroundingsOf({ stateFolder, timeoutMs: 3000 }))
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
