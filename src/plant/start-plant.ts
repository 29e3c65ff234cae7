import { join } from 'node:path'
import type { Log } from '../drivers/contract.js'
import type { Clock } from '../readings/clock.js'
import { portExactly } from './free-port.js'
import { plantFaultNames } from './plant-faults.js'
import { plantModel } from './plant-model.js'
import { plantTime } from './plant-time.js'
import type { PlantServer, PublishedCounts, RunningPlant } from './running-plant.js'
import type { PlainSensors } from './servers/mqtt/publish-plain-sensors.js'

export interface PlantOptions {
  /** 0: any free port; null: no such server. */
  readonly modbusPort: number | null
  readonly mqttPort: number | null
  readonly opcuaPort: number | null
  /** Of the Modbus RTU line behind a device server; left out: no such line. */
  readonly linePort?: number | null
  readonly serial: 'on' | 'off'
  readonly seed: number
  /** Names of plant-faults.ts. */
  readonly faults: readonly string[]
  /** That many plain MQTT sensors beside the machines. */
  readonly plainSensors: PlainSensors
  /** Where the OPC UA server keeps its certificate from run to run; left out: one for this run only. */
  readonly stateFolder?: string
}

export interface PlantSurroundings {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly log: Log
}

/** Address or port of each server; null where it does not run. */
export interface PerServer<T> {
  readonly modbus: T | null
  readonly mqtt: T | null
  readonly opcua: T | null
  readonly line: T | null
  readonly serial: T | null
}

export interface Plant extends AsyncDisposable {
  readonly addresses: PerServer<string>
  readonly ports: PerServer<number>
  published(): Readonly<PublishedCounts>
}

/**
 * Starts the embedded plant on loopback; its time begins now. It ends with the signal's abort (values stop) and disposal (servers close).
 * @throws Fault PLANT_FAULT_UNKNOWN, PLANT_PORT_TAKEN, PLANT_SERVER_FAILED.
 */
export async function startPlant(options: PlantOptions, around: PlantSurroundings): Promise<Plant> {
  const faults = plantFaultNames(options.faults)
  const ended = new AbortController()
  const signal = AbortSignal.any([around.signal, ended.signal])
  const published = { mqttReadings: 0, mqttWaveforms: 0, sparkplugMessages: 0, plainReadings: 0, opcuaWaveforms: 0, serialLines: 0 }
  // Loading the libraries takes most of the start; the plant's time begins after it.
  const starters = await Promise.all([
    loadModbus(options.modbusPort),
    loadMqtt(options),
    loadOpcua(options),
    loadLine(options.linePort ?? null),
    loadSerial(options.serial),
  ])
  const time = plantTime(around.clock, faults.has('clock-drift') ? 'drifting' : 'right')
  const plant: RunningPlant = {
    model: plantModel(options.seed, faults),
    time,
    seed: options.seed,
    faults,
    log: around.log,
    signal,
    published,
  }

  const starts = await Promise.allSettled(starters.map((start) => start(plant)))
  const servers = starts.map((start) => (start.status === 'fulfilled' ? start.value : null))
  const close = async (): Promise<void> => {
    ended.abort()
    await Promise.all(servers.map(async (server) => await server?.close()))
  }
  for (const start of starts) {
    if (start.status === 'fulfilled') continue
    await close()
    throw start.reason
  }
  let closing: Promise<void> | undefined
  return {
    addresses: perServer(servers, (server) => server.address),
    ports: perServer(servers, (server) => server.port),
    published: () => ({ ...published }),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  }
}

type Starter = (plant: RunningPlant) => Promise<PlantServer | null>

const notWanted: Starter = () => Promise.resolve(null)

async function loadModbus(wanted: number | null): Promise<Starter> {
  if (wanted === null) return notWanted
  const port = await portExactly(wanted, 'modbus')
  const { startModbusServer } = await import('./servers/modbus/modbus-server.js')
  return (plant) => startModbusServer(plant, port)
}

async function loadMqtt({ mqttPort, plainSensors }: PlantOptions): Promise<Starter> {
  if (mqttPort === null) return notWanted
  const port = await portExactly(mqttPort, 'mqtt')
  const { startMqttServer } = await import('./servers/mqtt/mqtt-server.js')
  return (plant) => startMqttServer(plant, port, plainSensors)
}

async function loadOpcua({ opcuaPort, stateFolder }: PlantOptions): Promise<Starter> {
  if (opcuaPort === null) return notWanted
  const port = await portExactly(opcuaPort, 'opcua')
  const { startOpcuaServer } = await import('./servers/opcua/opcua-server.js')
  return (plant) => startOpcuaServer(plant, port, stateFolder === undefined ? null : join(stateFolder, 'plant'))
}

async function loadLine(wanted: number | null): Promise<Starter> {
  if (wanted === null) return notWanted
  const port = await portExactly(wanted, 'line')
  const { startLineServer } = await import('./servers/modbus-line/line-server.js')
  return (plant) => startLineServer(plant, port)
}

async function loadSerial(serial: 'on' | 'off'): Promise<Starter> {
  if (serial === 'off') return notWanted
  const { startFlowMeter } = await import('./servers/serial/flow-meter.js')
  return (plant) => startFlowMeter(plant)
}

function perServer<T>(servers: readonly (PlantServer | null)[], pick: (server: PlantServer) => T | null): PerServer<T> {
  const [modbus, mqtt, opcua, line, serial] = servers.map((server) => server && pick(server))
  return { modbus: modbus ?? null, mqtt: mqtt ?? null, opcua: opcua ?? null, line: line ?? null, serial: serial ?? null }
}
