import { formatMicros } from '../../../readings/time.js'
import { ticks } from '../../plant-time.js'
import { PLANT_POINTS, type PlantPoint } from '../../points.js'
import type { RunningPlant } from '../../running-plant.js'
import type { Broker } from './broker.js'
import { isDroppedOut } from './dropout.js'

/** Every scalar point as JSON on `plant/ASSET/POINT`, at its period: `{"value":61.2,"unit":"°C","time":"…Z"}`. */
export async function publishReadings(plant: RunningPlant, broker: Broker): Promise<void> {
  await Promise.all([...new Set(PLANT_POINTS.map((point) => point.periodMs))].map((periodMs) => publishPeriod(plant, broker, periodMs)))
}

async function publishPeriod(plant: RunningPlant, broker: Broker, periodMs: number): Promise<void> {
  const points = PLANT_POINTS.filter((point) => point.periodMs === periodMs)
  for await (const tick of ticks(plant.time, periodMs / 1000, plant.signal)) {
    const timeS = (tick * periodMs) / 1000
    if (isDroppedOut(plant, timeS)) continue
    for (const point of points) await broker.publish(`plant/${point.key}`, payloadAt(plant, point, timeS))
    plant.published.mqttReadings += points.length
  }
}

function payloadAt(plant: RunningPlant, point: PlantPoint, timeS: number): string {
  const value = Number((plant.model.scalar(point.key, timeS) ?? 0).toFixed(4))
  return JSON.stringify({ value, unit: point.unit, time: formatMicros(plant.time.stampAt(timeS)) })
}
