import type { Log } from '../drivers/contract.js'
import { portOrFree } from './free-port.js'
import type { PlantOptions } from './start-plant.js'

/** Where the plant listens unless told otherwise, and where discovery would still look when that is taken. */
const DEFAULT_PORTS = { modbus: [5020, 1502, 5502, 8502], mqtt: [1883], opcua: [4840, 4841, 48_010, 53_530], line: [5021] } as const

/** The port that was asked for; else a default one, or a free one where the defaults are taken, and then it says so. */
export async function plantPort(server: keyof typeof DEFAULT_PORTS, asked: number | undefined, log: Log): Promise<number> {
  if (asked !== undefined) return asked
  const [first, ...others] = DEFAULT_PORTS[server]
  const port = await portOrFree([first, ...others])
  if (port !== first) log.warn(`port ${first} is taken; the plant’s ${server} server uses ${port}`)
  return port
}

/** The ports of all servers. */
export async function plantPorts(
  asked: { readonly [server in keyof typeof DEFAULT_PORTS]?: number | undefined },
  log: Log,
): Promise<Pick<PlantOptions, 'modbusPort' | 'mqttPort' | 'opcuaPort' | 'linePort'>> {
  return {
    modbusPort: await plantPort('modbus', asked.modbus, log),
    mqttPort: await plantPort('mqtt', asked.mqtt, log),
    opcuaPort: await plantPort('opcua', asked.opcua, log),
    linePort: await plantPort('line', asked.line, log),
  }
}
