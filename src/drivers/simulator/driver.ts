import type { Driver } from '../contract.js'
import { DriverFault } from '../fault.js'
import { lineOf, PLANT_NAME, readSimulatorAddress, SIMULATOR_EXAMPLE } from './address.js'
import { probeSimulator } from './probe.js'
import { SimulatedLine } from './simulated-line.js'

/** The embedded plant's physics in this process: no network, no hardware; the same seed gives the same plant. */
export const simulatorDriver: Driver = {
  async *discover() {
    yield await Promise.resolve({
      address: `simulator://${PLANT_NAME}`,
      description: 'simulated pump set and fan, in this process',
      access: 'open' as const,
      confidence: 1,
      identity: { maker: 'ChatterFix Embedded Plant', model: 'pump set', revision: null },
      evidence: 'built in',
      safety: 'passive' as const,
    })
  },
  plan: () => ({ steps: ['nothing is sent: the plant is in this program'], estimateMs: null, safety: 'passive' }),
  probe: async (address) => await Promise.resolve(probeSimulator(readSimulatorAddress(address))),
  open: async (sensors, around) => {
    for (const sensor of sensors) {
      if (readSimulatorAddress(sensor.address).point !== null) continue
      throw new DriverFault('ADDRESS_INVALID', {
        message: `'${sensor.address}' names the plant, not one of its points`,
        where: { sensor: sensor.key, address: sensor.address },
        advice: { example: SIMULATOR_EXAMPLE },
        retry: false,
      })
    }
    return await Promise.resolve(new SimulatedLine(sensors, around))
  },
  locate: (text) => {
    const address = readSimulatorAddress(text)
    return { line: lineOf(address), reaches: address.point === null ? 'device' : 'value' }
  },
}
