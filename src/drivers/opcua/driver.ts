import type { Driver } from '../contract.js'
import { formatOpcUaAddress, parseOpcUaAddress, serverOf } from './address.js'
import { discoverServers } from './discover.js'
import { reach } from './reach.js'

/** OPC UA over TCP. The library behind it loads only when something that speaks OPC UA has answered. */
export const opcuaDriver: Driver = {
  statesMeaning: 'by-probe',

  discover: (scope, around) => discoverServers(parseOpcUaAddress(scope), around),

  async probe(text, around) {
    const address = parseOpcUaAddress(text)
    await reach(address, around)
    const { probeServer } = await import('./probe.js')
    return probeServer(address, around)
  },

  async open(sensors, around) {
    const [first] = sensors.map((sensor) => parseOpcUaAddress(sensor.address))
    if (first) await reach(first, around)
    const { openConnection } = await import('./open.js')
    return openConnection(sensors, around)
  },

  locate(text) {
    const address = parseOpcUaAddress(text)
    return { line: formatOpcUaAddress(serverOf(address)), reaches: address.node ? 'value' : 'device' }
  },
}
