import { createServer, type Server } from 'node:net'
import modbus from 'modbus-serial'
import { connectAsync, type MqttClient } from 'mqtt'
import { AttributeIds, MessageSecurityMode, OPCUAClient, SecurityPolicy, TimestampsToReturn } from 'node-opcua'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeSparkplug } from '../../src/drivers/mqtt/sparkplug/decode.js'
import { decodeWaveformBlock } from '../../src/drivers/mqtt/waveform-block.js'
import { decodeWaveformJson } from '../../src/drivers/mqtt/waveform-json.js'
import { plantFaultNames } from '../../src/plant/plant-faults.js'
import { plantModel } from '../../src/plant/plant-model.js'
import { type Plant, type PlantOptions, startPlant } from '../../src/plant/start-plant.js'
import { parseMicros } from '../../src/readings/time.js'
import { activeResources, expectNothingLeft } from '../conformance/leftovers.js'
import { surroundingsOf } from '../conformance/surroundings.js'

const NOTHING: PlantOptions = {
  modbusPort: null,
  mqttPort: null,
  opcuaPort: null,
  serial: 'off',
  seed: 7,
  faults: [],
  plainSensors: { count: 0, rateHz: 1 },
}

function start(options: Partial<PlantOptions>): Promise<Plant> {
  return startPlant({ ...NOTHING, ...options }, surroundingsOf())
}

type ModbusClient = InstanceType<typeof modbus.default>

async function modbusClient(plant: Plant, unit: number): Promise<ModbusClient> {
  const client = new modbus.default()
  await client.connectTCP('127.0.0.1', { port: plant.ports.modbus ?? 0 })
  client.setID(unit)
  client.setTimeout(300)
  return client
}

describe('the plant over Modbus TCP', () => {
  let plant: Plant
  let client: ModbusClient
  beforeAll(async () => {
    plant = await start({ modbusPort: 0, faults: ['silent-unit', 'exception-register'] })
    client = await modbusClient(plant, 1)
  })
  afterAll(async () => {
    client.close(() => {})
    await plant[Symbol.asyncDispose]()
  })

  it('says who it is by function 43/14', async () => {
    client.setID(1)
    const { data } = await client.readDeviceIdentification(1, 0)
    expect(Object.values(data)).toEqual(['ChatterFix Embedded Plant', 'Pump PLC PP-247', '2.4'])
  })

  it('holds tenths, floats of both word orders and counters where the register map says', async () => {
    client.setID(1)
    const model = plantModel(7, plantFaultNames([]))
    const temperature = (await client.readHoldingRegisters(0, 1)).data[0] ?? 0
    expect(temperature / 10).toBeCloseTo(model.scalar('pump-247/drive-end-temperature', 0) ?? 0, 0)
    const flow = (await client.readHoldingRegisters(100, 2)).buffer.swap32().swap16().readFloatBE()
    expect(Math.abs(flow / (model.scalar('pump-247/flow', 0) ?? 0) - 1)).toBeLessThan(0.05)
    const speed = (await client.readHoldingRegisters(304, 2)).buffer.readFloatBE()
    expect(Math.abs(speed - (model.scalar('pump-247/speed', 0) ?? 0))).toBeLessThan(3)
    expect((await client.readHoldingRegisters(200, 2)).buffer.readUInt32BE()).toBeGreaterThanOrEqual(12_873 * 3600)
  })

  it('answers illegal address for a hole, and for a stretch that crosses one', async () => {
    client.setID(1)
    await expect(client.readHoldingRegisters(50, 1)).rejects.toMatchObject({ modbusCode: 2 })
    await expect(client.readHoldingRegisters(14, 3)).rejects.toMatchObject({ modbusCode: 2 })
  })

  it('answers exception 4 for the register that is broken, and the others still', async () => {
    client.setID(1)
    await expect(client.readHoldingRegisters(1, 1)).rejects.toMatchObject({ modbusCode: 4 })
    expect((await client.readHoldingRegisters(2, 4)).data).toHaveLength(4)
  })

  it('keeps silent for the mute unit while the one beside it answers; an absent one is reported by the gateway', async () => {
    client.setID(2)
    await expect(client.readHoldingRegisters(0, 2)).rejects.toMatchObject({ name: 'TransactionTimedOutError' })
    client.setID(3)
    expect((await client.readHoldingRegisters(0, 3)).data).toHaveLength(3)
    client.setID(9)
    await expect(client.readHoldingRegisters(0, 1)).rejects.toMatchObject({ modbusCode: 11 })
  })

  it('takes no writes', async () => {
    client.setID(1)
    await expect(client.writeRegister(0, 1)).rejects.toMatchObject({ modbusCode: 1 })
  })
})

describe('the plant over MQTT', () => {
  let plant: Plant
  let client: MqttClient
  beforeAll(async () => {
    plant = await start({ mqttPort: 0, plainSensors: { count: 200, rateHz: 10 } })
    client = await connectAsync(plant.addresses.mqtt ?? '', { protocolVersion: 4, reconnectPeriod: 0 })
  })
  afterAll(async () => {
    await client.endAsync(true)
    await plant[Symbol.asyncDispose]()
  })

  async function hear(topic: string, count: number): Promise<Buffer[]> {
    const heard: Buffer[] = []
    const done = Promise.withResolvers<void>()
    const listen = (from: string, payload: Buffer): void => {
      if (topic.includes('#') || from === topic) heard.push(payload)
      if (heard.length === count) done.resolve()
    }
    client.on('message', listen)
    await client.subscribeAsync(topic)
    await done.promise
    await client.unsubscribeAsync(topic)
    client.off('message', listen)
    return heard.slice(0, count)
  }

  it('sends a sensor that changes at every fifth reading all the same, with its value repeated', async () => {
    await using few = await start({ mqttPort: 0, plainSensors: { count: 20, rateHz: 20, changesEvery: 5 } })
    const listener = await connectAsync(few.addresses.mqtt ?? '', { protocolVersion: 4, reconnectPeriod: 0 })
    const values: string[] = []
    const done = Promise.withResolvers<void>()
    listener.on('message', (_, payload) => {
      if (values.push(String(payload)) === 16) done.resolve()
    })
    await listener.subscribeAsync('sim/0003/value')
    await done.promise
    await listener.endAsync(true)
    // Whole runs of one value, without the first and the last, which may be cut.
    const runs = values.reduce<string[][]>(
      (all, value) => (all.at(-1)?.[0] === value ? (all.at(-1)?.push(value), all) : [...all, [value]]),
      [],
    )
    expect(runs.slice(1, -1).map((run) => run.length)).toEqual(new Array(runs.length - 2).fill(5))
    expect(runs.length).toBeGreaterThanOrEqual(4)
  })

  it('publishes readings as JSON with unit and time, values as the model says for that seed', async () => {
    const [payload] = await hear('plant/pump-247/drive-end-temperature', 1)
    const reading = JSON.parse(String(payload)) as { value: number; unit: string; time: string }
    expect(reading.unit).toBe('°C')
    expect(reading.value).toBeCloseTo(plantModel(7, new Set()).scalar('pump-247/drive-end-temperature', 0) ?? 0, 0)
    expect(parseMicros(reading.time)).toBeGreaterThan(0)
  })

  it('sends binary and JSON waveform blocks without a hole between them', async () => {
    const [binary, json] = await Promise.all([
      hear('plant/pump-247/drive-end-acceleration/waveform', 2),
      hear('plant/fan-112/drive-end-acceleration/waveform', 2),
    ])
    for (const [first, second] of [binary.map(decodeWaveformBlock), json.map((payload) => decodeWaveformJson(String(payload)))]) {
      expect(second?.sequence).toBe((first?.sequence ?? 0) + 1)
      expect(second?.startedAt).toBe((first?.startedAt ?? 0) + 1e6)
      expect(first?.samples).toHaveLength(25_600)
      expect(first?.unit).toBe('m/s²')
    }
  })

  it('tells of its Sparkplug devices again for a listener that came late, and at once on a rebirth command', async () => {
    const births = hear('spBv1.0/plant/DBIRTH/gateway-1/pump-247', 2)
    const command = Buffer.from([
      ...[0x12, 0x1b, 0x0a, 0x14],
      ...Buffer.from('Node Control/Rebirth'),
      ...[0x20, 0x0b, 0x70, 0x01, 0x18, 0x07],
    ])
    // metric { name, datatype 11 (Boolean), boolean_value true }, seq 7: by hand after the specification's .proto.
    await client.publishAsync('spBv1.0/plant/NCMD/gateway-1', sized(command))
    await client.publishAsync('spBv1.0/plant/NCMD/gateway-1', sized(command))
    const metrics = decodeSparkplug((await births)[1] ?? new Uint8Array()).metrics
    const speed = metrics.find(({ name }) => name === 'speed')
    expect(speed?.properties).toMatchObject({ engUnit: 'rpm', engLow: 0, engHigh: 1800 })
    expect(speed?.alias).toBeGreaterThan(0)
    expect(speed?.value).toBeGreaterThan(1400)
  })

  it('sends every plain sensor once per period', async () => {
    const started = performance.now()
    const heard = await hear('sim/#', 4000)
    const perSecond = heard.length / ((performance.now() - started) / 1000)
    expect(perSecond / 2000).toBeGreaterThan(0.7)
    expect(perSecond / 2000).toBeLessThan(1.4)
    expect(heard.every((payload) => Number.isFinite(Number(payload)))).toBe(true)
  })
})

describe('the plant over OPC UA', () => {
  it('says who it is, and gives values with unit and range, and waveform blocks whose time is that of the first sample', async () => {
    await using plant = await start({ opcuaPort: 0 })
    const client = OPCUAClient.create({
      connectionStrategy: { maxRetry: 0 },
      endpointMustExist: false,
      securityMode: MessageSecurityMode.None,
    })
    await client.withSessionAsync(plant.addresses.opcua ?? '', async (session) => {
      expect(String(await valueOf('ns=0;i=2263'))).toBe('ChatterFix Embedded Plant')
      const flow = await valueOf('ns=1;s=pump-247/flow')
      expect(flow).toBeGreaterThan(100)
      expect(await valueOf('ns=1;s=pump-247/drive-end-acceleration/SampleRateHz')).toBe(25_600)
      await expect.poll(() => valueOf('ns=1;s=pump-247/drive-end-acceleration/Samples'), { timeout: 4000 }).toHaveLength(25_600)
      const [samples, sequence] = await session.read(
        ['Samples', 'Sequence'].map((name) => ({
          nodeId: `ns=1;s=pump-247/drive-end-acceleration/${name}`,
          attributeId: AttributeIds.Value,
        })),
        TimestampsToReturn.Both,
      )
      expect(samples?.sourceTimestamp?.getTime()).toBe(sequence?.sourceTimestamp?.getTime())
      const block = Number(sequence?.value.value)
      const expected = plantModel(7, new Set()).samples('pump-247/drive-end-acceleration', block * 25_600, 25_600)
      expect(Float32Array.from(samples?.value.value as number[])).toEqual(expected)

      async function valueOf(nodeId: string): Promise<unknown> {
        return (await session.read({ nodeId, attributeId: AttributeIds.Value })).value.value
      }
    })
    const endpoints = await endpointsOf(plant)
    expect(endpoints).toContain(SecurityPolicy.None)
    expect(endpoints).toContain(SecurityPolicy.Basic256Sha256)
  })
})

describe('the plant as a whole', () => {
  it('leaves nothing behind after it was closed, also twice', async () => {
    const before = activeResources()
    const plant = await start({ modbusPort: 0, mqttPort: 0, opcuaPort: 0 })
    const client = await modbusClient(plant, 1)
    await plant[Symbol.asyncDispose]()
    await plant[Symbol.asyncDispose]()
    client.close(() => {})
    await expectNothingLeft(before)
  })

  it('refuses a port that is taken and closes what it had started', async () => {
    const before = activeResources()
    const taken = await new Promise<Server>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => resolve(server))
    })
    const address = taken.address()
    const mqttPort = typeof address === 'object' && address ? address.port : 0
    await expect(start({ modbusPort: 0, mqttPort })).rejects.toMatchObject({ code: 'PLANT_PORT_TAKEN' })
    taken.close()
    await expectNothingLeft(before)
  })

  it('stamps its messages with a clock that runs away under clock-drift', async () => {
    await using plant = await start({ mqttPort: 0, faults: ['clock-drift'] })
    const client = await connectAsync(plant.addresses.mqtt ?? '', { protocolVersion: 4, reconnectPeriod: 0 })
    await client.subscribeAsync('plant/fan-112/speed')
    const payload = await new Promise<Buffer>((resolve) => client.once('message', (_, bytes) => resolve(bytes)))
    const { time } = JSON.parse(String(payload)) as { time: string }
    const aheadMs = (parseMicros(time) ?? 0) / 1000 - Date.now()
    expect(aheadMs).toBeGreaterThan(2000)
    expect(aheadMs).toBeLessThan(3500)
    await client.endAsync(true)
  })
})

/** Sets the length bytes of a hand-written payload: the metric is all between its header and the trailing seq. */
function sized(payload: Buffer): Buffer {
  const copy = Buffer.from(payload)
  copy[1] = copy.length - 2 - 2
  return copy
}

async function endpointsOf(plant: Plant): Promise<readonly (string | null)[]> {
  const client = OPCUAClient.create({ connectionStrategy: { maxRetry: 0 }, endpointMustExist: false })
  await client.connect(plant.addresses.opcua ?? '')
  const endpoints = await client.getEndpoints()
  await client.disconnect()
  return endpoints.map(({ securityPolicyUri }) => securityPolicyUri)
}
