import modbus from 'modbus-serial'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../src/drivers/contract.js'
import { modbusDriver } from '../../src/drivers/modbus/driver.js'
import { plantFaultNames } from '../../src/plant/plant-faults.js'
import { plantModel } from '../../src/plant/plant-model.js'
import { type Plant, startPlant } from '../../src/plant/start-plant.js'
import { surroundingsOf } from '../conformance/surroundings.js'

describe('the plant’s Modbus RTU line', () => {
  let plant: Plant
  beforeAll(async () => {
    plant = await startPlant(
      {
        modbusPort: null,
        mqttPort: null,
        opcuaPort: null,
        linePort: 0,
        serial: 'off',
        seed: 7,
        faults: [],
        plainSensors: { count: 0, rateHz: 1 },
      },
      surroundingsOf(),
    )
  })
  afterAll(() => plant[Symbol.asyncDispose]())

  it('is read by another client of RTU over TCP, and holds what the machine shows', async () => {
    const client = new modbus.default()
    await client.connectTelnet('127.0.0.1', { port: plant.ports.line ?? 0 })
    try {
      client.setTimeout(2000)
      client.setID(11)
      const { buffer } = await client.readInputRegisters(0, 2)
      expect(Math.abs(buffer.readFloatBE(0) - (plantModel(7, plantFaultNames([])).scalar('pump-247/tank-level', 0) ?? 0))).toBeLessThan(5)
      await expect(client.readInputRegisters(400, 1)).rejects.toMatchObject({ modbusCode: 2 })
      client.setID(13)
      await expect(client.readInputRegisters(0, 1)).rejects.toThrow('CRC error')
    } finally {
      client.close(() => undefined)
    }
  })

  it('shows two transmitters and something with a broken voice to whoever searches its first units', async () => {
    const findings: Finding[] = []
    for await (const finding of modbusDriver.discover?.(`${plant.addresses.line}?units=1-16`, surroundingsOf()) ?? [])
      findings.push(finding)
    expect(findings.map(({ address, confidence }) => [address.split('/').at(-1), confidence])).toEqual([
      ['11', 0.99],
      ['12', 0.99],
      ['13', 0.4],
    ])
    const { steps } = modbusDriver.plan?.(`${plant.addresses.line}?units=1-16`, { timeoutMs: 1000 }) ?? { steps: [] }
    expect(steps[0]).toContain('to units 1 to 16')
  })

  it.each(['0-9', '5-3', '1-300', 'some'])('units=%s is no range', (units) => {
    expect(() => modbusDriver.plan?.(`${plant.addresses.line}?units=${units}`, { timeoutMs: 1000 })).toThrow(/no|not a range/)
  })

  it('names no unit that it does not have', async () => {
    await expect(modbusDriver.probe(`${plant.addresses.line}/9`, surroundingsOf({ timeoutMs: 200 }))).rejects.toMatchObject({
      code: 'MODBUS_NO_RESPONSE',
    })
  })
})
