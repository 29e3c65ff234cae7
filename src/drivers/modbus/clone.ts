import type { CloneOptions, CloneReport, Surroundings } from '../contract.js'
import { invalid, parseModbusDevice } from './address.js'
import { cloneUnit } from './clone-unit.js'
import { withClient } from './probe.js'

/**
 * Captures one unit of a line.
 * @throws DriverFault ADDRESS_INVALID where the address names no unit; otherwise as a probe does.
 */
export async function cloneModbus(address: string, options: CloneOptions, around: Surroundings): Promise<CloneReport> {
  const device = parseModbusDevice(address)
  const { unit } = device
  if (unit === null) throw invalid(address, 'a clone is of one unit: /UNIT is missing')
  return withClient(device, around, (line) => cloneUnit(line, unit, { ...options, around }))
}
