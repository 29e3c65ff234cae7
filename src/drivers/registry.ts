import type { Driver } from './contract.js'

/** One row: what a driver is called, the schemes it answers to, and how to load it. The only place that names drivers. */
export interface DriverEntry {
  readonly name: string
  readonly schemes: readonly string[]
  /** An address of it, for help and error texts. */
  readonly example: string
  /** Ports where such devices usually listen; discovery of a host tries them. */
  readonly ports: readonly number[]
  /**
   * Set where measurements come with times of the past: nothing that is true of now (clock, connection, regularity) is mixed into them, and what
   * breaks is not tried again, as that would be from the beginning.
   */
  readonly times?: 'recorded'
  readonly load: () => Promise<Driver>
}

export const DRIVERS: readonly DriverEntry[] = [
  {
    name: 'modbus',
    schemes: ['modbus-tcp', 'modbus-rtu', 'modbus-ascii', 'modbus-rtu-tcp'],
    example: 'modbus-tcp://10.0.0.21:502/7/holding/100?as=float32&order=cdab',
    ports: [502, 1502, 5020, 5502, 8502],
    load: async () => (await import('./modbus/driver.js')).modbusDriver,
  },
  {
    name: 'mqtt',
    schemes: ['mqtt', 'mqtts'],
    example: 'mqtt://10.0.0.5:1883/plant/pump-247/temperature?field=/value',
    ports: [1883, 8883],
    load: async () => (await import('./mqtt/driver.js')).mqttDriver,
  },
  {
    name: 'opcua',
    schemes: ['opc.tcp'],
    example: 'opc.tcp://10.0.0.9:4840/?node=ns=2;s=Pump247.Temperature',
    ports: [4840, 4841, 48010, 53530],
    load: async () => (await import('./opcua/driver.js')).opcuaDriver,
  },
  {
    name: 'serial',
    schemes: ['serial'],
    example: 'serial:///dev/ttyUSB0?baud=9600&key=FLOW',
    ports: [],
    load: async () => (await import('./serial/driver.js')).serialDriver,
  },
  {
    name: 'simulator',
    schemes: ['simulator'],
    example: 'simulator://pump-set/pump-247/drive-end-temperature?seed=7',
    ports: [],
    load: async () => (await import('./simulator/driver.js')).simulatorDriver,
  },
  {
    name: 'recording',
    schemes: ['recording'],
    example: 'recording:///data/run-1?sensor=pump-247/drive-end-temperature&speed=10',
    ports: [],
    times: 'recorded',
    load: async () => (await import('./recording/driver.js')).recordingDriver,
  },
]

/** The driver that answers to a scheme; undefined where none does. */
export function driverEntryOf(scheme: string): DriverEntry | undefined {
  return DRIVERS.find((entry) => entry.schemes.includes(scheme))
}
