import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Finding, Surroundings } from '../../../src/drivers/contract.js'
import { modbusDriver } from '../../../src/drivers/modbus/driver.js'
import { surroundingsOf } from '../../conformance/surroundings.js'
import { RTU } from '../../fakes/modbus-line/wire-format.js'

let server: Server | undefined
afterEach(async () => {
  const closed = server?.listening ? once(server, 'close') : undefined
  server?.close()
  await closed
})

/** A device server on whose line another master talks: what it hears goes to whoever connects. */
async function deviceServer(play: (socket: Socket) => Promise<void>) {
  const seen = { received: 0, ended: 'no' as 'no' | 'by-fin' }
  server = createServer({ noDelay: true }, (socket) => {
    socket.on('data', (bytes) => (seen.received += bytes.length))
    socket.on('end', () => (seen.ended = 'by-fin'))
    socket.on('error', () => {})
    void play(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { scope: `modbus-rtu-tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

async function hear(scope: string, given: Partial<Surroundings> = {}): Promise<readonly Finding[]> {
  return await Array.fromAsync(modbusDriver.discover?.(scope, surroundingsOf(given)) ?? [])
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const ROUND = [
  RTU.encode(7, Uint8Array.of(3, 0, 100, 0, 2)),
  RTU.encode(7, Uint8Array.of(3, 4, 0x41, 0xbb, 0x33, 0x33)),
  RTU.encode(8, Uint8Array.of(4, 0, 0, 0, 1)),
  RTU.encode(9, Uint8Array.of(3, 0, 0, 0, 125)),
  RTU.encode(9, Uint8Array.of(3, 250, ...Array.from({ length: 250 }, (_, index) => index))),
]

describe('listening to another master through a device server', () => {
  it.each(['frame by frame', 'all at once', 'cut anywhere'])(
    'pairs its questions and answers without sending a byte, however TCP parts them: %s',
    async (parting) => {
      const all = Buffer.concat([Buffer.from([0xff, 0x00]), ...Array.from({ length: 4 }, () => ROUND).flat()])
      const pieces =
        parting === 'all at once'
          ? [all]
          : parting === 'frame by frame'
            ? [all.subarray(0, 2), ...Array.from({ length: 4 }, () => ROUND).flat()]
            : Array.from({ length: Math.ceil(all.length / 101) }, (_, index) => all.subarray(index * 101, (index + 1) * 101))
      const { scope, seen } = await deviceServer(async (socket) => {
        for (const piece of pieces) {
          socket.write(piece)
          await pause(2)
        }
      })
      const findings = await hear(`${scope}?listen=400ms`)
      expect(findings.map(({ address, safety }) => [address, safety])).toEqual([7, 8, 9].map((unit) => [`${scope}/${unit}`, 'passive']))
      expect(findings[0]?.evidence).toMatch(/^heard 4 questions and 4 answers: holding 100–101 every .* 4 of 4 answered/)
      expect(findings[1]?.description).toContain('in vain')
      expect(findings[2]?.evidence).toMatch(/holding 0–124/)
      expect(seen.received).toBe(0)
      await expect.poll(() => seen.ended).toBe('by-fin')
    },
  )

  it('tells only of the unit that was asked for', async () => {
    const { scope } = await deviceServer(async (socket) => void socket.write(Buffer.concat(ROUND)))
    expect((await hear(`${scope}/8?listen=200ms`)).map(({ address }) => address)).toEqual([`${scope}/8`])
  })

  it('keeps what it heard when the device server hangs up, and says so', async () => {
    const warnings: string[] = []
    const { scope } = await deviceServer(async (socket) => void socket.end(Buffer.concat(ROUND)))
    const startedMs = performance.now()
    const findings = await hear(`${scope}?listen=15s`, { log: { note: () => {}, warn: (text) => void warnings.push(text) } })
    expect(findings).toHaveLength(3)
    expect(performance.now() - startedMs).toBeLessThan(10_000)
    expect(warnings.join()).toMatch(/went away before the time to listen was over/)
  })

  it('says that what it hears is no Modbus', async () => {
    const warnings: string[] = []
    const { scope } = await deviceServer(async (socket) => void socket.write('FLOW 12.3 m3/h\r\n'.repeat(20)))
    expect(await hear(`${scope}?listen=200ms`, { log: { note: () => {}, warn: (text) => void warnings.push(text) } })).toEqual([])
    expect(warnings.join()).toMatch(/320 bytes were heard and no sound frame/)
  })

  it('stops when it is told to', async () => {
    const { scope } = await deviceServer(async () => {})
    const ended = new AbortController()
    setTimeout(() => ended.abort(), 100)
    expect(await hear(`${scope}?listen=15s`, { signal: ended.signal })).toEqual([])
  })
})
