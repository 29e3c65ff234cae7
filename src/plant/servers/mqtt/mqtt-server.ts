import { PLANT_HOST, type PlantServer, type RunningPlant } from '../../running-plant.js'
import { startBroker } from './broker.js'
import { type PlainSensors, publishPlainSensors } from './publish-plain-sensors.js'
import { publishReadings } from './publish-readings.js'
import { publishWaveforms } from './publish-waveforms.js'
import { startSparkplugNode } from './sparkplug-node.js'

/** The plant's broker with everything that publishes to it. The loops end with `plant.signal`. */
export async function startMqttServer(plant: RunningPlant, port: number, plainSensors: PlainSensors): Promise<PlantServer> {
  const broker = await startBroker(port)
  const node = await startSparkplugNode(plant, broker.port)
  const loops = Promise.all([
    publishReadings(plant, broker),
    publishWaveforms(plant, broker),
    publishPlainSensors(plant, broker, plainSensors),
  ])
  return {
    address: `mqtt://${PLANT_HOST}:${broker.port}`,
    port: broker.port,
    close: async () => {
      await node.close()
      await broker.close()
      await loops
    },
  }
}
