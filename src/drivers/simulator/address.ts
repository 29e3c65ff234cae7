import { PLANT_FAULTS } from '../../plant/plant-faults.js'
import { PLANT_POINTS, PLANT_WAVEFORMS } from '../../plant/points.js'
import { type Address, AddressError, parseAddress } from '../../readings/address.js'
import { DriverFault } from '../fault.js'

export const SIMULATOR_EXAMPLE = 'simulator://pump-set/pump-247/drive-end-temperature?seed=7'
export const PLANT_NAME = 'pump-set'
const DEFAULT_SEED = 1
/** `unit`, `kind` and `every` belong to sensors that nobody has named (readings/sensor.ts). */
const KNOWN_QUERY = ['seed', 'fault', 'unit', 'kind', 'every']

/** `simulator://pump-set[/ASSET/POINT][?seed=N&fault=NAME,NAME]` */
export interface SimulatorAddress {
  readonly seed: number
  readonly faults: readonly string[]
  /** A key of points.ts; null for the plant itself. */
  readonly point: string | null
}

/** @throws DriverFault ADDRESS_INVALID. */
export function readSimulatorAddress(text: string): SimulatorAddress {
  try {
    return understand(parseAddress(text))
  } catch (thrown) {
    if (!(thrown instanceof AddressError)) throw thrown
    throw new DriverFault('ADDRESS_INVALID', {
      message: `'${text}' is no address of the simulator`,
      where: { address: text },
      because: thrown.message,
      advice: { example: SIMULATOR_EXAMPLE },
      retry: false,
    })
  }
}

export function formatSimulatorAddress({ seed, faults, point }: SimulatorAddress): string {
  const path = point === null ? '' : `/${point}`
  return `simulator://${PLANT_NAME}${path}?seed=${seed}${faults.length > 0 ? `&fault=${faults.join(',')}` : ''}`
}

/** Sensors of the same plant share one connection. */
export function lineOf(address: SimulatorAddress): string {
  return formatSimulatorAddress({ ...address, point: null })
}

function understand(address: Address): SimulatorAddress {
  if (address.scheme !== 'simulator') throw new AddressError(`'${address.scheme}' is not 'simulator'`)
  if (address.host !== PLANT_NAME) throw new AddressError(`there is no plant '${address.host}', only '${PLANT_NAME}'`)
  if (address.port !== null || address.user !== null) throw new AddressError('it has neither port nor user')
  for (const name of address.query.keys()) {
    if (!KNOWN_QUERY.includes(name)) throw new AddressError(`'${name}' means nothing here; it knows ${KNOWN_QUERY.join(', ')}`)
  }
  return { seed: seedOf(address.query.get('seed')), faults: faultsOf(address.query.get('fault')), point: pointOf(address.path) }
}

function seedOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_SEED
  if (!/^\d{1,10}$/.test(text)) throw new AddressError(`seed '${text}' is no whole number`)
  return Number(text)
}

function faultsOf(text: string | undefined): readonly string[] {
  const names = [...new Set((text ?? '').split(',').filter((name) => name !== ''))].sort()
  for (const name of names) {
    if (!Object.hasOwn(PLANT_FAULTS, name))
      throw new AddressError(`there is no fault '${name}', only ${Object.keys(PLANT_FAULTS).join(', ')}`)
  }
  return names
}

function pointOf(path: readonly string[]): string | null {
  const key = path.filter((part, index) => part !== '' || index < path.length - 1).join('/')
  if (key === '') return null
  if ([...PLANT_POINTS, ...PLANT_WAVEFORMS].some((point) => point.key === key)) return key
  throw new AddressError(`the plant has no point '${key}'`)
}
