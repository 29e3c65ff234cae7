import type { Driver } from '../contract.js'
import { isPoint, lineOf, parseModbusAddress } from './address.js'
import { cloneModbus } from './clone.js'
import { discoverLine } from './discover-line.js'
import { openModbus } from './open.js'
import { planLine } from './plan-line.js'
import { probeModbus } from './probe.js'
import { modbusWriter } from './writer.js'

/** Modbus over TCP and serial lines. Everything reads, but for the writer, which only guarded writing calls. */
export const modbusDriver: Driver = {
  discover: discoverLine,
  plan: planLine,
  probe: probeModbus,
  open: openModbus,
  clone: cloneModbus,
  writer: modbusWriter,
  locate: (address) => {
    const parsed = parseModbusAddress(address)
    return { line: lineOf(parsed), reaches: isPoint(parsed) ? 'value' : 'device', ...(parsed.medium ? { connections: 'one' } : {}) }
  },
}
