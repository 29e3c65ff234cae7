import { ServerTCP } from 'modbus-serial'
import { Fault, reasonOf } from '../../../faults/fault.js'
import { PLANT_HOST, type PlantServer, type RunningPlant } from '../../running-plant.js'
import { answerRegisters, EXCEPTION } from './answer-registers.js'
import { MODBUS_UNITS, type RegisterEntry } from './register-map.js'

const COILS = 16

type Reply<T> = (error: Error | null, value: T) => void

/** The plant's Modbus TCP gateway; `port` must be free (free-port.ts), as modbus-serial takes 0 for 502. */
export async function startModbusServer(plant: RunningPlant, port: number): Promise<PlantServer> {
  const server = new ServerTCP(serviceVector(plant), { host: PLANT_HOST, port, unitID: 255 })
  await new Promise<void>((resolve, reject) => {
    server.once('initialized', () => resolve())
    server.once('serverError', (thrown: unknown) => reject(failed(port, thrown)))
  })
  server.on('serverError', (thrown: unknown) => plant.log.warn(`the plant’s Modbus server: ${reasonOf(thrown)}`))
  // A client that resets its socket is no concern of the plant's.
  server.on('socketError', () => {})
  server.on('error', () => {})
  return {
    address: `modbus-tcp://${PLANT_HOST}:${port}`,
    port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** modbus-serial looks at the number of parameters to tell callbacks from promises, so all of them take a callback; a silent unit never calls it. */
function serviceVector(plant: RunningPlant): object {
  const registers =
    (table: RegisterEntry['table']) =>
    (at: number, count: number, unitId: number, reply: Reply<readonly number[]>): void => {
      const unit = MODBUS_UNITS.find((known) => known.unit === unitId)
      if (!unit) return reply(exception(EXCEPTION.gatewayTargetSilent), [])
      if (unit.silentUnder && plant.faults.has(unit.silentUnder)) return
      const answer = answerRegisters(unit, table, { at, count }, plant)
      if ('exception' in answer) reply(exception(answer.exception), [])
      else reply(null, answer.words)
    }
  const one =
    (table: RegisterEntry['table']) =>
    (at: number, unitId: number, reply: Reply<number>): void =>
      registers(table)(at, 1, unitId, (error, words) => reply(error, words[0] ?? 0))
  const bit = (at: number, unitId: number, reply: Reply<boolean>): void => {
    const unit = MODBUS_UNITS.find((known) => known.unit === unitId)
    if (!unit) return reply(exception(EXCEPTION.gatewayTargetSilent), false)
    if (unit.silentUnder && plant.faults.has(unit.silentUnder)) return
    if (unit.hasCoils === 'yes' && at < COILS) reply(null, at === 0)
    else reply(exception(EXCEPTION.illegalAddress), false)
  }
  const readOnly = (_at: number, _value: unknown, _unit: number, reply: (error: Error | null) => void): void =>
    reply(exception(EXCEPTION.illegalFunction))
  return {
    getHoldingRegister: one('holding'),
    getInputRegister: one('input'),
    getMultipleHoldingRegisters: registers('holding'),
    getMultipleInputRegisters: registers('input'),
    getCoil: bit,
    getDiscreteInput: bit,
    setCoil: readOnly,
    setRegister: readOnly,
    setRegisterArray: readOnly,
    readDeviceIdentification: (unitId: number) => identification(plant, unitId),
  }
}

function identification(plant: RunningPlant, unitId: number): Promise<Readonly<Record<number, string>>> {
  const unit = MODBUS_UNITS.find((known) => known.unit === unitId)
  if (!unit) return Promise.reject(exception(EXCEPTION.gatewayTargetSilent))
  if (unit.silentUnder && plant.faults.has(unit.silentUnder)) return Promise.withResolvers<never>().promise
  return Promise.resolve({ 0: unit.maker, 1: unit.product, 2: unit.revision })
}

/** The way modbus-serial wants to hear of an exception. */
function exception(code: number): Error {
  return Object.assign(new RangeError(`Modbus exception ${code}`), { modbusErrorCode: code })
}

function failed(port: number, cause: unknown): Fault {
  return new Fault('PLANT_SERVER_FAILED', {
    message: `the plant’s Modbus server cannot listen on port ${port}`,
    because: reasonOf(cause),
    cause,
  })
}
