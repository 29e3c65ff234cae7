import { schemeOf } from '../../readings/address.js'
import type { Finding, Surroundings } from '../contract.js'
import { invalid } from './address.js'
import { discoverModbus } from './discover.js'
import { discoverSerial } from './discover-serial.js'

/** Looks for units on whatever line the scope names. Reads only. */
export function discoverLine(scope: string, around: Surroundings): AsyncIterable<Finding> {
  if (schemeOf(scope) !== 'modbus-tcp') return discoverSerial(scope, around)
  // Whoever asks for silence must not get a search that talks.
  if (/[?&]listen(=|$)/.test(scope)) throw invalid(scope, 'listen= goes with serial lines (modbus-rtu, modbus-ascii, modbus-rtu-tcp)')
  return discoverModbus(scope, around)
}
