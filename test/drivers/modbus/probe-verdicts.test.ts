import { afterEach, describe, expect, it } from 'vitest'
import { joinVerdicts } from '../../../src/drivers/modbus/address-verdicts.js'
import { modbusDriver } from '../../../src/drivers/modbus/driver.js'
import { largestRequest } from '../../../src/drivers/modbus/largest-request.js'
import { surroundingsOf } from '../../conformance/surroundings.js'
import { answerOf, exception, fakeDevice, putRegisters } from '../../fakes/modbus/device.js'
import { encodeRegisters } from '../../fakes/modbus/encode-registers.js'
import { type Behaviour, type FakeServer, startFakeServer } from '../../fakes/modbus/server.js'

const LARGEST = 45
const BROKEN = 130
const ILLEGAL_VALUE = 3
const DEVICE_FAILURE = 4

/** Registers 0–199, of which 130 fails, at most 45 at a time; holding 10 counts the requests that reached it, in tenths. */
function modestDevice(): Behaviour {
  const device = fakeDevice({})
  putRegisters(
    device.holding,
    0,
    Array.from({ length: 200 }, () => 0),
  )
  putRegisters(device.holding, 20, encodeRegisters(23.4, 'float32', 'cdab'))
  let reads = 0
  return (request, wire) => {
    if (request.pdu[0] !== 3) return wire.reply(request, answerOf(device, request.pdu))
    const [from, quantity] = [request.pdu.readUInt16BE(1), request.pdu.readUInt16BE(3)]
    if (quantity > LARGEST) return wire.reply(request, exception(3, ILLEGAL_VALUE))
    if (from <= BROKEN && BROKEN < from + quantity) return wire.reply(request, exception(3, DEVICE_FAILURE))
    if (from <= 10 && 10 < from + quantity) putRegisters(device.holding, 10, [2340 + (reads++ % 3)])
    wire.reply(request, answerOf(device, request.pdu))
  }
}

let server: FakeServer | undefined
afterEach(() => server?.stop())

describe('what a probe says of addresses', () => {
  it('names what each answered, finds how many registers are given at a time, and reads no more than that', async () => {
    server = await startFakeServer(new Map([[1, modestDevice()]]))
    const report = await modbusDriver.probe(`modbus-tcp://127.0.0.1:${server.port}/1`, surroundingsOf(), {
      samples: 4,
      hints: ['reads 234.1 °C on the display'],
    })
    const holding = report.verdicts?.filter(({ table, verdict }) => table === 'holding' && verdict !== 'illegal address')
    expect(holding?.slice(0, 3)).toEqual([
      { table: 'holding', from: 0, to: BROKEN - 1, verdict: 'value' },
      { table: 'holding', from: BROKEN, to: BROKEN, verdict: 'exception 0x04 (server device failure)' },
      { table: 'holding', from: BROKEN + 1, to: 199, verdict: 'value' },
    ])
    expect(report.device.facts['failing holding']).toBe(`${BROKEN}: exception 0x04 (server device failure)`)
    expect(report.device.facts['largest holding request']).toBe(`${LARGEST} (${LARGEST + 1} are refused)`)
    const sampled = server.requests.slice(-4 * 5).filter(({ pdu }) => pdu[0] === 3)
    expect(Math.max(...sampled.map(({ pdu }) => pdu.readUInt16BE(3)))).toBe(LARGEST)
    expect(report.points.find(({ address }) => address.includes('/10?'))).toMatchObject({ scale: 0.1, unit: '°C' })
    expect(report.points.find(({ address }) => address.includes('/20?'))).toMatchObject({ type: 'float32', order: 'cdab', value: 23.4 })
  })

  it('refuses a hint that means nothing before it asks for anything', async () => {
    server = await startFakeServer(new Map([[1, modestDevice()]]))
    const attempt = modbusDriver.probe(`modbus-tcp://127.0.0.1:${server.port}/1`, surroundingsOf(), { hints: ['hot'] })
    await expect(attempt).rejects.toMatchObject({ code: 'MODBUS_HINT' })
    expect(server.requests).toEqual([])
  })

  it('joins neighbours that said the same', () => {
    const judged = [
      { from: 5, quantity: 5, verdict: 'value' },
      { from: 0, quantity: 5, verdict: 'value' },
      { from: 10, quantity: 1, verdict: 'silence' },
      { from: 12, quantity: 1, verdict: 'silence' },
    ]
    expect(joinVerdicts('holding', judged).map(({ from, to, verdict }) => `${from}-${to} ${verdict}`)).toEqual([
      '0-9 value',
      '10-10 silence',
      '12-12 silence',
    ])
  })

  it('finds any limit of a device in a handful of questions', async () => {
    for (const limit of [1, 2, 16, 63, 64, 100, 124, 125]) {
      let questions = 0
      const found = await largestRequest({
        table: 'holding',
        ranges: [{ from: 0, quantity: 300 }],
        known: 1,
        read: ({ quantity }) => {
          questions++
          return Promise.resolve(
            quantity <= limit
              ? { kind: 'values', values: new Uint16Array(quantity), tookMs: 1 }
              : { kind: 'exception', code: ILLEGAL_VALUE, tookMs: 1 },
          )
        },
      })
      expect(found).toEqual({ quantity: limit, refused: limit === 125 ? null : limit + 1 })
      expect(questions).toBeLessThanOrEqual(8)
    }
  })
})
