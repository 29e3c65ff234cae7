import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readOnce } from '../../src/acquisition/read-once.js'
import { startPlant } from '../../src/plant/start-plant.js'
import { unnamedSensor } from '../../src/readings/sensor.js'
import { surroundingsOf } from '../conformance/surroundings.js'
import { startBroker, type TestBroker } from '../drivers/mqtt/broker.js'
import { fakeDevice, putRegisters } from '../fakes/modbus/device.js'
import { BEHAVIOURS, startFakeServer } from '../fakes/modbus/server.js'

let stateFolder: string
beforeAll(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'meanings-'))
})
afterAll(() => rm(stateFolder, { recursive: true }))

let broker: TestBroker | undefined
afterEach(async () => {
  await broker?.stop()
  broker = undefined
})

async function readOne(address: string, sensor = unnamedSensor(address)) {
  const [answer] = await readOnce([sensor], { around: surroundingsOf({ stateFolder }), waitMs: 5000 })
  return { value: answer?.value, unit: answer?.sensor.unit, kind: answer?.sensor.kind }
}

describe('one reading of an address', () => {
  it('carries the unit and kind that an MQTT message states', async () => {
    broker = await startBroker()
    await broker.publish('plant/t', '{"value":61.2,"unit":"degC"}', { retain: true })
    expect(await readOne(`mqtt://127.0.0.1:${broker.port}/plant/t?field=/value`)).toEqual({ value: 61.2, unit: '°C', kind: 'temperature' })
  })

  it('carries the unit that an OPC UA server states', { timeout: 40_000 }, async () => {
    const off = {
      modbusPort: null,
      mqttPort: null,
      opcuaPort: 0,
      serial: 'off',
      seed: 7,
      faults: [],
      plainSensors: { count: 0, rateHz: 1 },
    } as const
    await using plant = await startPlant(off, surroundingsOf())
    const read = await readOne(`${plant.addresses.opcua}/?node=ns=1;s=pump-247/flow`)
    expect(read).toMatchObject({ unit: 'm³/h', kind: 'flow' })
  })

  it('asks a device that states no units nothing but the value', async () => {
    const device = fakeDevice()
    putRegisters(device.holding, 3, [417])
    const server = await startFakeServer(new Map([[7, BEHAVIOURS.fine(device)]]))
    try {
      expect(await readOne(`modbus-tcp://127.0.0.1:${server.port}/7/holding/3`)).toEqual({ value: 417, unit: null, kind: 'other' })
      expect(server.connections.total).toBe(1)
    } finally {
      await server.stop()
    }
  })

  it('leaves what a person has named or given a unit as it is', async () => {
    broker = await startBroker()
    await broker.publish('plant/t', '{"value":61.2,"unit":"degC"}', { retain: true })
    const address = `mqtt://127.0.0.1:${broker.port}/plant/t?field=/value`
    expect((await readOne(address, { ...unnamedSensor(address), key: 'pump-247/t' })).unit).toBeNull()
    expect((await readOne(`${address}&unit=K`)).unit).toBe('K')
  })
})
