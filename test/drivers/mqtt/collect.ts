import type { Surroundings } from '../../../src/drivers/contract.js'
import { mqttDriver } from '../../../src/drivers/mqtt/driver.js'
import { type Reading, readingsOf } from '../../../src/readings/batch.js'
import type { Gap, Waveform } from '../../../src/readings/measurement.js'
import { type Sensor, unnamedSensor } from '../../../src/readings/sensor.js'
import { surroundingsOf } from '../../conformance/surroundings.js'

export interface Collected {
  readonly readings: Reading[]
  readonly waveforms: Waveform[]
  readonly gaps: Gap[]
}

interface Collecting {
  readonly addresses?: readonly string[]
  readonly sensors?: readonly Sensor[]
  /** Runs once the subscriptions stand. */
  readonly act: () => Promise<unknown> | void
  readonly until: (collected: Collected) => boolean
  readonly around?: Partial<Surroundings>
}

/** Opens sensors, lets something happen, and collects what comes until it is enough. */
export async function collect({
  addresses = [],
  sensors = addresses.map(unnamedSensor),
  act,
  until,
  around,
}: Collecting): Promise<Collected> {
  const collected: Collected = { readings: [], waveforms: [], gaps: [] }
  await using connection = await mqttDriver.open(sensors, surroundingsOf(around))
  await act()
  for await (const measurement of connection.measurements()) {
    if (measurement.kind === 'batch') collected.readings.push(...readingsOf(measurement))
    else if (measurement.kind === 'waveform') collected.waveforms.push(measurement)
    else if (measurement.kind === 'gap') collected.gaps.push(measurement)
    if (until(collected)) break
  }
  return collected
}
