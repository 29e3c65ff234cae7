import type { Sensor } from '../readings/sensor.js'
import { unitOf } from '../readings/unit.js'
import { readRecording } from '../recordings/read-recording.js'

/** Where a recording holds a speed beside a sensor and nobody said that it is the shaft's: which, and what to set. @throws Fault RECORDING_UNREADABLE. */
export async function unsetSpeedSensor(folder: string, sensor: Sensor): Promise<string | null> {
  const asset = sensor.asset ?? assetInName(sensor.key)
  if (asset === null) return null
  const sensors = await readRecording(folder, (view) => Promise.resolve(view.manifest.sensors))
  const speeds = sensors.filter((each) => (each.asset ?? assetInName(each.key)) === asset && tellsSpeed(each))
  const [only] = speeds
  if (only === undefined) return null
  const names = speeds.map(({ key }) => key).join(', ')
  return `${names} ${speeds.length === 1 ? 'is' : 'are'} recorded, but speed_sensor is not set (site file, asset ${asset}; --site takes it for this recording too)`
}

function tellsSpeed({ unit }: Sensor): boolean {
  return unit !== null && unitOf(unit)?.quantity === 'rotational frequency'
}

function assetInName(key: string): string | null {
  const slash = key.indexOf('/')
  return slash > 0 ? key.slice(0, slash) : null
}
