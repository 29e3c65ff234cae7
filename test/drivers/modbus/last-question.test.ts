import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectClient } from '../../../src/drivers/modbus/client.js'
import { modbusDriver } from '../../../src/drivers/modbus/driver.js'
import { recallHost } from '../../../src/drivers/modbus/host-memory.js'
import { readRequest } from '../../../src/drivers/modbus/pdu.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import { machineClock, surroundingsOf } from '../../conformance/surroundings.js'
import { fakeDevice } from '../../fakes/modbus/device.js'
import { frame } from '../../fakes/modbus/server.js'
import { startStallingServer } from '../../fakes/modbus/stalling-server.js'

let stateFolder: string
beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'chatterfix-last-question-'))
})
afterEach(() => rm(stateFolder, { recursive: true }))

const REGISTERS = [0, 500, 1000, 1500, 2000, 2500]
const device = fakeDevice()
for (const register of REGISTERS) device.holding.set(register, register + 7)

/** Polls until the host's memory says something of pieces, and then some more; @returns how often a value was wrong. */
async function poll(port: number): Promise<{ readonly wrong: number; readonly verdict: string | undefined }> {
  const sensors = REGISTERS.map((register): Sensor => {
    return {
      key: String(register),
      address: `modbus-tcp://127.0.0.1:${port}/1/holding/${register}`,
      kind: 'other',
      unit: null,
      periodMs: 1,
    }
  })
  const place = { target: { host: '127.0.0.1', port }, stateFolder, clock: machineClock }
  let [wrong, more, seen] = [0, 8, 0]
  let verdict: string | undefined
  await using connection = await modbusDriver.open(sensors, surroundingsOf({ stateFolder, timeoutMs: 400 }))
  for await (const batch of connection.measurements()) {
    if (batch.kind !== 'batch') continue
    wrong += batch.value.filter((value, row) => batch.quality[row] === 0 && value !== (REGISTERS[batch.sensor[row] ?? 0] ?? 0) + 7).length
    verdict = (await recallHost(place)).pieces?.verdict
    if ((verdict !== undefined && verdict !== 'trying' && more-- === 0) || ++seen > 200) break
  }
  return { wrong, verdict }
}

describe('the last question of a round', () => {
  it('is sent a byte for each answer that comes, and to its end when it is the only one left', async () => {
    const received: Buffer[] = []
    const far = Promise.withResolvers<Socket>()
    const server = createServer({ noDelay: true }, (socket) => {
      far.resolve(socket)
      socket.on('data', (bytes) => received.push(bytes))
      socket.on('error', () => {})
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    // Its time stands still: no patience ends, however busy this machine is.
    const clock = { ...machineClock, monotonicMs: () => 0 }
    const client = await connectClient({ host: '127.0.0.1', port, connectTimeoutMs: 1000, signal: new AbortController().signal, clock })
    client.window = 4
    client.lastQuestion = 'in-pieces'
    const ask = (from: number, isLast?: true) =>
      client.ask({ unit: 1, timeoutMs: 5000, pdu: readRequest({ table: 'holding', from, quantity: 1 }), ...(isLast && { isLast }) })
    const answers = [ask(0), ask(1), ask(2), ask(3, true)]
    const socket = await far.promise
    const bytes = () => Buffer.concat(received)
    const answer = (transaction: number) => socket.write(frame(transaction, 1, Buffer.from([3, 2, 0, transaction])))
    await expect.poll(() => bytes().length).toBe(3 * 12 + 1)
    // The next byte stands for the acknowledgement.
    answer(1)
    await expect.poll(() => bytes().length).toBe(3 * 12 + 2)
    answer(2)
    answer(3)
    await expect.poll(() => bytes().length).toBe(4 * 12)
    expect(bytes().readUInt16BE(36)).toBe(4)
    expect(bytes().readUInt16BE(36 + 8)).toBe(3)
    answer(4)
    expect((await Promise.all(answers)).map(({ kind }) => kind)).toEqual(['reply', 'reply', 'reply', 'reply'])
    await client.close()
    server.close()
  })

  it('is ended although an answer before it stays away', async () => {
    const server = createServer({ noDelay: true }, (socket) => {
      let all = Buffer.alloc(0)
      socket.on('error', () => {})
      socket.on('data', (bytes: Buffer) => {
        all = Buffer.concat([all, bytes])
        if (all.length === 24) socket.write(frame(2, 1, Buffer.from([3, 2, 0, 9])))
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const options = { host: '127.0.0.1', port, connectTimeoutMs: 1000, signal: new AbortController().signal, clock: machineClock }
    const client = await connectClient(options)
    client.window = 2
    client.lastQuestion = 'in-pieces'
    const pdu = readRequest({ table: 'holding', from: 0, quantity: 1 })
    const first = expect(client.ask({ unit: 1, timeoutMs: 3000, pdu })).rejects.toThrow()
    const last = await client.ask({ unit: 1, timeoutMs: 3000, pdu, isLast: true })
    expect(last.kind).toBe('reply')
    await client.close()
    await first
    server.close()
  })

  it('goes in pieces to a host whose last answer stalls, once it has shown that it bears that', async () => {
    const server = await startStallingServer({ device, pieces: 'borne', stallMs: 150 })
    expect(await poll(server.port)).toEqual({ wrong: 0, verdict: 'works' })
    await server.stop()
  })

  it('never goes in pieces again to a host that does not put them together', async () => {
    const server = await startStallingServer({ device, pieces: 'dropped', stallMs: 150 })
    expect(await poll(server.port)).toEqual({ wrong: 0, verdict: 'never' })
    const before = server.chunks.length
    await poll(server.port)
    expect(server.chunks.slice(before).every(({ length }) => length % 12 === 0)).toBe(true)
    await server.stop()
  })
})
