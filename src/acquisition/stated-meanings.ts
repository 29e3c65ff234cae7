import type { Surroundings } from '../drivers/contract.js'
import type { Point } from '../drivers/probe-report.js'
import type { SensorKey } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import { driverOf } from './lines-of.js'

type Meaning = Pick<Sensor, 'unit' | 'kind'>

export interface StatedMeanings {
  readonly told: Promise<ReadonlyMap<SensorKey, Meaning>>
  /** The values are there: who has not said its unit by now gets so much longer, and no more. */
  hurry(): void
}

/** A probe costs a connection each. */
const MOST_ASKED = 8
const LAST_CALL_MS = 1000

/**
 * Asks devices for the unit and kind of values that nobody has named yet, where such devices state them. Runs beside the reading; a device that cannot be asked has
 * simply not said it: why, the reading itself tells.
 */
export function statedMeanings(sensors: readonly Sensor[], around: Surroundings): StatedMeanings {
  const over = new AbortController()
  const signal = AbortSignal.any([around.signal, over.signal])
  const unnamed = sensors.filter(({ key, address, unit }) => key === address && unit === null).slice(0, MOST_ASKED)
  const asking = Promise.all(unnamed.map(async (sensor) => [sensor.key, await meaningOf(sensor, { ...around, signal })] as const))
  return {
    told: asking.then((answers) => {
      over.abort()
      return new Map(answers.flatMap(([key, meaning]) => (meaning ? [[key, meaning]] : [])))
    }),
    hurry: () => void around.clock.sleep(LAST_CALL_MS, signal).then(() => over.abort()),
  }
}

async function meaningOf({ address, kind }: Sensor, around: Surroundings): Promise<Meaning | undefined> {
  const driver = await driverOf(address)
  if (driver.statesMeaning === undefined) return undefined
  const point = await driver.probe(address, around).then(({ points }) => pointAt(points, address), nothing)
  return point?.unit ? { unit: point.unit, kind: kind === 'other' ? point.kind : kind } : undefined
}

/** The point of that very address, else the only one there is. */
function pointAt(points: readonly Point[], address: string): Point | undefined {
  return points.find((point) => point.address === address) ?? (points.length === 1 ? points[0] : undefined)
}

function nothing(): undefined {
  return undefined
}
