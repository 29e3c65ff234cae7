import type { SparkplugMetric } from '../../../drivers/mqtt/sparkplug/payload.js'
import type { EpochMicros } from '../../../readings/time.js'
import { PLANT_POINTS } from '../../points.js'
import type { RunningPlant } from '../../running-plant.js'

/** The devices behind the Sparkplug node and the points that they report. */
export const SPARKPLUG_DEVICES: Readonly<Record<string, readonly string[]>> = {
  'pump-247': ['motor-current', 'motor-power', 'motor-energy', 'motor-winding-temperature', 'speed'],
  'fan-112': ['motor-current', 'speed', 'air-flow'],
}

/** A device's points in a birth: name, alias, type, unit and range. Aliases are unique within the node. */
export function birthMetrics(plant: RunningPlant, device: string, timeS: number): SparkplugMetric[] {
  const made: SparkplugMetric[] = [
    text('Properties/Hardware Make', 'ChatterFix Embedded Plant'),
    text('Properties/Hardware Model', device === 'pump-247' ? 'Motor Monitor MM-45' : 'Motor Monitor MM-15'),
    text('Properties/FW', '1.2.0'),
  ]
  return [
    ...made,
    ...dataMetrics(plant, device, timeS).map((metric): SparkplugMetric => {
      const point = pointsOf(device)[(metric.alias ?? 0) - firstAlias(device)]
      const properties = point ? { engUnit: point.unit, engLow: point.range.low, engHigh: point.range.high } : {}
      return { ...metric, name: point?.name ?? '', datatype: 'Double', properties }
    }),
  ]
}

/** A device's points in a data message: alias and value only, as the birth told the rest. */
export function dataMetrics(plant: RunningPlant, device: string, timeS: number): SparkplugMetric[] {
  const timestamp: EpochMicros = plant.time.stampAt(timeS)
  return pointsOf(device).map((point, index) => ({
    alias: firstAlias(device) + index,
    timestamp,
    datatype: 'Double',
    value: Number((plant.model.scalar(point.key, timeS) ?? 0).toFixed(4)),
  }))
}

function pointsOf(device: string): typeof PLANT_POINTS {
  const names = SPARKPLUG_DEVICES[device] ?? []
  return PLANT_POINTS.filter((point) => point.asset === device && names.includes(point.name))
}

function firstAlias(device: string): number {
  return 100 * (1 + Object.keys(SPARKPLUG_DEVICES).indexOf(device))
}

function text(name: string, value: string): SparkplugMetric {
  return { name, datatype: 'String', value }
}
