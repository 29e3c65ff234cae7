import { describe, expect, test } from 'vitest'
import { modbusDriver } from '../../src/drivers/modbus/driver.js'
import { RawValues } from '../../src/drivers/raw-values.js'
import type { Sensor } from '../../src/readings/sensor.js'
import { surroundingsOf } from '../conformance/surroundings.js'
import { fakeDevice, putRegisters } from '../fakes/modbus/device.js'
import { BEHAVIOURS, startFakeServer } from '../fakes/modbus/server.js'

describe('what an answer held before it was decoded', () => {
  test('is told as registers with their addresses, as a text, or not at all', () => {
    const raw = new RawValues()
    raw.keep('level', { registers: Uint16Array.of(0x41a0, 0), from: 100 })
    raw.keep('on', { registers: Uint16Array.of(1), from: 7 })
    raw.keep('flow', { text: 'FLOW=12.5 m3/h' })
    expect(['level', 'on', 'flow', 'absent'].map((sensor) => raw.read(sensor))).toEqual([
      '41A0 0000 at 100–101',
      '0001 at 7',
      'FLOW=12.5 m3/h',
      null,
    ])
  })

  test('is left by a Modbus line for every sensor of a block, also where nothing can be decoded from it', async () => {
    const device = fakeDevice()
    // 0x7FC0 0000 is NaN [IEEE 754]: the registers are there, a value is not.
    putRegisters(device.holding, 0, [0x41a0, 0x0000, 0x7fc0, 0x0000, 0xff85])
    const server = await startFakeServer(new Map([[1, BEHAVIOURS.fine(device)]]))
    const line = `modbus-tcp://127.0.0.1:${server.port}/1/holding`
    const of = (key: string, place: string): Sensor => ({ key, address: `${line}/${place}`, kind: 'other', unit: null, periodMs: 50 })
    const raw = new RawValues()
    const sensors = [of('a', '0?as=float32'), of('nan', '2?as=float32'), of('c', '4?as=int16')]
    try {
      await using connection = await modbusDriver.open(sensors, surroundingsOf({ raw }))
      for await (const freight of connection.measurements()) if (freight.kind === 'batch' && raw.read('c') !== null) break
    } finally {
      await server.stop()
    }
    expect(sensors.map(({ key }) => raw.read(key))).toEqual(['41A0 0000 at 0–1', '7FC0 0000 at 2–3', 'FF85 at 4'])
  })
})
