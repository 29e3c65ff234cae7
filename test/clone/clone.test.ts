import { afterEach, describe, expect, it } from 'vitest'
import { formatClone, parseClone } from '../../src/clone/clone-file.js'
import { type ServedClones, serveClones } from '../../src/clone/serve-clones.js'
import { parseModbusPoint } from '../../src/drivers/modbus/address.js'
import { modbusDriver } from '../../src/drivers/modbus/driver.js'
import { Fault } from '../../src/faults/fault.js'
import { surroundingsOf } from '../conformance/surroundings.js'
import { answerOf, exception, type FakeDevice, fakeDevice, putRegisters } from '../fakes/modbus/device.js'
import { encodeRegisters } from '../fakes/modbus/encode-registers.js'
import { BEHAVIOURS, type Behaviour, type FakeServer, startFakeServer } from '../fakes/modbus/server.js'

let server: FakeServer | undefined
let served: ServedClones | undefined
afterEach(async () => {
  await served?.[Symbol.asyncDispose]()
  await server?.stop()
  served = undefined
  server = undefined
})

const AREA = { from: 0, to: 399 }

async function capture(address: string) {
  const report = await modbusDriver.clone?.(address, AREA, surroundingsOf())
  if (!report) throw new Error('the driver cannot clone')
  return report
}

function meter(): FakeDevice {
  const device = fakeDevice({
    identification: new Map([
      [0, 'Acme'],
      [1, 'PX-7'],
      [2, '2.1'],
      [4, 'Power meter'],
      [0x80, 'maker’s own'],
    ]),
    serverId: Uint8Array.of(0x07, 0xff, 0x50, 0x58),
  })
  putRegisters(device.holding, 10, [1, 0, 65_535, 612])
  putRegisters(
    device.holding,
    100,
    Array.from({ length: 130 }, (_, index) => (index * 7919) & 0xffff),
  )
  putRegisters(device.input, 0, [...encodeRegisters(49.98, 'float32', 'cdab'), ...encodeRegisters(231.5, 'float32', 'cdab')])
  for (let at = 3; at < 20; at++) device.coil.set(at, at % 3 === 0)
  return device
}

describe('a clone', () => {
  it('served again and cloned again gives the same file', async () => {
    server = await startFakeServer(new Map([[7, BEHAVIOURS.fine(meter())]]))
    const first = await capture(`modbus-tcp://127.0.0.1:${server.port}/7`)
    const text = formatClone(first.clone)
    served = await serveClones([parseClone(text, 'first.yaml')], 0)
    const second = await capture(served.addresses[0] ?? '')
    expect(first.gaps).toEqual([])
    expect(formatClone(second.clone)).toBe(text)
  })

  it('answers what the device answered: values, identity, holes', async () => {
    const device = meter()
    server = await startFakeServer(new Map([[7, BEHAVIOURS.fine(device)]]))
    const { clone } = await capture(`modbus-tcp://127.0.0.1:${server.port}/7`)
    expect(clone.tables.holding?.ranges.map(({ from, values }) => [from, values.length])).toEqual([
      [10, 4],
      [100, 130],
    ])
    expect(clone.tables.holding?.ranges[1]?.values).toEqual([...device.holding].filter(([at]) => at >= 100).map(([, value]) => value))
    expect(clone.tables.coil?.ranges).toEqual([{ from: 3, values: [...device.coil.values()].map(Number) }])
    expect(clone.tables.discrete).toBeUndefined()
    expect(clone.identity).toMatchObject({ serverId: '07ff5058' })
    expect(clone.identity.objects?.get(0x80)).toBe('maker’s own')
    served = await serveClones([clone], 0)
    const around = surroundingsOf()
    const report = await modbusDriver.probe(served.addresses[0] ?? '', around)
    expect(report.device.identity).toMatchObject({ maker: 'Acme', revision: '2.1' })
    expect(report.points.map(({ address }) => parseModbusPoint(address).register)).toContain(12)
  })

  it('keeps the largest request that the device bears, and the exceptions of single registers', async () => {
    const device = meter()
    const odd: Behaviour = (request, wire) => {
      const { pdu } = request
      const [code = 0, from, quantity] = [pdu[0], pdu.length >= 5 ? pdu.readUInt16BE(1) : 0, pdu.length >= 5 ? pdu.readUInt16BE(3) : 0]
      if (code === 3 && quantity > 32) return wire.reply(request, exception(code, 3))
      if (code === 3 && from <= 12 && from + quantity > 12) return wire.reply(request, exception(code, 4))
      wire.reply(request, answerOf(device, pdu))
    }
    server = await startFakeServer(new Map([[7, odd]]))
    const { clone } = await capture(`modbus-tcp://127.0.0.1:${server.port}/7`)
    expect(clone.tables.holding?.maxBlock).toEqual({ quantity: 32, refusal: 3 })
    expect([...(clone.tables.holding?.exceptions ?? [])]).toEqual([[12, 4]])
    served = await serveClones([clone], 0)
    expect(formatClone((await capture(served.addresses[0] ?? '')).clone)).toBe(formatClone(clone))
  })

  it('of two devices is served at their own units; another unit is absent', async () => {
    server = await startFakeServer(new Map([[7, BEHAVIOURS.fine(meter())]]))
    const { clone } = await capture(`modbus-tcp://127.0.0.1:${server.port}/7`)
    served = await serveClones([clone, { ...clone, unit: 9 }], 0)
    expect(served.addresses.map((address) => address.split('/').at(-1))).toEqual(['7', '9'])
    await expect(modbusDriver.probe(`modbus-tcp://127.0.0.1:${served.port}/8`, surroundingsOf())).rejects.toMatchObject({
      code: 'MODBUS_UNIT_ABSENT',
    })
    await expect(serveClones([clone, clone], 0)).rejects.toMatchObject({ code: 'CLONE_INVALID' })
  })

  it('that somebody has damaged is refused with its line', () => {
    const damaged =
      'clone: 1\nunit: 7\nidentity: {}\ntables:\n  holding:\n    refusal: 2\n    looked_at: { from: 0, to: 9 }\n    ranges: [{ from: 0, words: ["00zz"] }]\ntypes: []\n'
    expect(() => parseClone(damaged, 'meter.yaml')).toThrow(Fault)
    expect(() => parseClone(damaged, 'meter.yaml')).toThrow(/meter\.yaml:8 tables › holding › ranges › 0 › words/)
  })
})
