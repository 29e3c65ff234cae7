import { schemeOf } from '../../readings/address.js'
import type { Finding, Surroundings } from '../contract.js'
import { discoverModbus } from './discover.js'
import { discoverSerial } from './discover-serial.js'

/** Looks for units on whatever line the scope names. Reads only. */
export function discoverLine(scope: string, around: Surroundings): AsyncIterable<Finding> {
  return schemeOf(scope) === 'modbus-tcp' ? discoverModbus(scope, around) : discoverSerial(scope, around)
}
