import { Fault } from '../faults/fault.js'
import type { Asset } from '../readings/asset.js'
import type { SensorKey } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import type { RecordingView } from './open-recording.js'

export interface RecordedSensor {
  readonly sensor: Sensor
  /** Null where the sensor belongs to none that the recording knows. */
  readonly asset: Asset | null
}

/** @throws Fault RECORDING_SENSOR_UNKNOWN that names those there are. */
export function recordedSensor(view: RecordingView, key: SensorKey): RecordedSensor {
  const sensor = view.manifest.sensors.find((known) => known.key === key)
  if (sensor === undefined) {
    const some = view.manifest.sensors.slice(0, 5).map((known) => known.key)
    throw new Fault('RECORDING_SENSOR_UNKNOWN', {
      message: `${view.folder} has no sensor ${key}`,
      where: { folder: view.folder, sensor: key },
      because: some.length === 0 ? 'it has no sensors' : `it has ${some.join(', ')}${view.manifest.sensors.length > 5 ? ' and more' : ''}`,
      advice: { folder: view.folder },
    })
  }
  return { sensor, asset: view.manifest.assets.find((asset) => asset.key === sensor.asset) ?? null }
}
