import type { Sensor } from '../../readings/sensor.js'
import type { Connection, Driver, Finding, Location, Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import type { ProbeReport } from '../probe-report.js'
import { EXAMPLE, lineOf, parseMqttAddress } from './address.js'
import { MqttConnection } from './connection.js'
import { discoverBrokers } from './discover.js'
import { probeBroker } from './probe.js'

/** MQTT 5 and 3.1.1, plain and over TLS: JSON, plain numbers, waveform blocks, Sparkplug B. Listens only; publishes nothing. */
export const mqttDriver: Driver = {
  statesMeaning: 'by-probe',

  discover: (scope: string, around: Surroundings): AsyncIterable<Finding> => discoverBrokers(scope, around),

  probe: (address: string, around: Surroundings): Promise<ProbeReport> => probeBroker(address, around),

  async open(sensors: readonly Sensor[], around: Surroundings): Promise<Connection> {
    const [first] = sensors
    if (!first)
      throw new DriverFault('ADDRESS_INVALID', {
        message: 'there is no sensor to open',
        advice: { scope: 'localhost', example: EXAMPLE },
        retry: false,
      })
    return MqttConnection.open(parseMqttAddress(first.address).broker, sensors, around)
  },

  locate(address: string): Location {
    const { broker, wanted } = parseMqttAddress(address)
    return {
      line: lineOf(broker),
      reaches: wanted.kind === 'all' ? 'device' : 'value',
      ...(broker.session === null ? {} : { connections: 'one' }),
    }
  },
}
