import type { Driver } from '../contract.js'
import { isPoint, lineOf, parseModbusAddress } from './address.js'
import { discoverModbus } from './discover.js'
import { openModbus } from './open.js'
import { probeModbus } from './probe.js'

/** Modbus TCP. Reads only: it has no function that writes. */
export const modbusDriver: Driver = {
  discover: discoverModbus,
  probe: probeModbus,
  open: openModbus,
  locate: (address) => {
    const parsed = parseModbusAddress(address)
    return { line: lineOf(parsed), reaches: isPoint(parsed) ? 'value' : 'device' }
  },
}
