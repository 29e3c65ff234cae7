import type { SensorKey } from '../readings/measurement.js'
import type { Sensor } from '../readings/sensor.js'
import type { Refusal } from '../sinks/contract.js'

/** What a new list of sensors changes. */
export interface SensorChanges {
  readonly added: readonly Sensor[]
  readonly removed: readonly Sensor[]
  /** Still measuring the same, but described or sampled in another way. */
  readonly changed: readonly Sensor[]
  /** Names that would mean something else from now on; they stay as they were. */
  readonly refused: readonly Refusal[]
}

const NAMED = 5

export function changesBetween(before: readonly Sensor[], after: readonly Sensor[]): Omit<SensorChanges, 'refused'> {
  const [old, now] = [byKey(before), byKey(after)]
  return {
    added: after.filter(({ key }) => !old.has(key)),
    removed: before.filter(({ key }) => !now.has(key)),
    changed: after.filter((sensor) => {
      const known = old.get(sensor.key)
      return known !== undefined && !isSame(known, sensor)
    }),
  }
}

/** Whether a driver would see any difference: limits and descriptions are no business of its. */
export function isSameForDriver(before: readonly Sensor[], after: readonly Sensor[]): boolean {
  const seen = ({ key, address, kind, unit, periodMs }: Sensor): unknown => [key, address, kind, unit, periodMs]
  return JSON.stringify(sorted(before).map(seen)) === JSON.stringify(sorted(after).map(seen))
}

/** The one thing that a name stands for as long as a run lasts. */
export function refusalOf(known: Sensor | undefined, wanted: Sensor): Refusal | undefined {
  if (known === undefined || (known.address === wanted.address && known.unit === wanted.unit)) return undefined
  const because = `it is ${known.address} in ${known.unit ?? 'no unit'}, and would be ${wanted.address} in ${wanted.unit ?? 'no unit'}`
  return { key: wanted.key, because }
}

/** `2 sensors added (a, b), 1 removed (c); d stays as it was: …`; empty where nothing changed. */
export function describeChanges({ added, removed, changed, refused }: SensorChanges): string {
  const parts = (
    [
      ['added', added],
      ['removed', removed],
      ['changed', changed],
    ] as const
  ).flatMap(([what, sensors]) =>
    sensors.length === 0
      ? []
      : [`${sensors.length} ${sensors.length === 1 ? 'sensor' : 'sensors'} ${what} (${someOf(sensors.map(({ key }) => key))})`],
  )
  return [...(parts.length > 0 ? [parts.join(', ')] : []), ...refused.map(({ key, because }) => `${key} stays as it was: ${because}`)].join(
    '; ',
  )
}

function someOf(keys: readonly SensorKey[]): string {
  return keys.length > NAMED ? `${keys.slice(0, NAMED).join(', ')} …` : keys.join(', ')
}

function byKey(sensors: readonly Sensor[]): ReadonlyMap<SensorKey, Sensor> {
  return new Map(sensors.map((sensor) => [sensor.key, sensor]))
}

function sorted(sensors: readonly Sensor[]): readonly Sensor[] {
  return sensors.toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

function isSame(a: Sensor, b: Sensor): boolean {
  const fields = (sensor: Sensor): string => JSON.stringify(Object.entries(sensor).toSorted(([x], [y]) => (x < y ? -1 : 1)))
  return fields(a) === fields(b)
}
