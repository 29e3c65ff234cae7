import type { Asset } from './asset.js'
import { limitsEntryOf, limitsOf } from './limits-words.js'
import { DEFAULT_PERIOD_MS, type Sensor } from './sensor.js'
import { type BearingLookup, bearingEntry, bearingOf } from './site-file-bearing.js'
import { factsEntry, factsOf } from './site-file-machine.js'
import type { AssetEntry, SensorEntry } from './site-file-schema.js'
import { stated } from './stated.js'
import { formatDurationMs, parseDurationMs } from './time.js'
import { unitOf } from './unit.js'

/** An asset out of its entry in the site file. */
export function assetOf(key: string, entry: AssetEntry, lookup: BearingLookup): Asset {
  return stated({
    key,
    class: entry.class,
    description: entry.description,
    ratedSpeedRpm: entry.rated_speed_rpm,
    ratedPowerKw: entry.rated_power_kw,
    support: entry.support,
    bearing: entry.bearing && bearingOf(entry.bearing, lookup),
    speedSensor: entry.speed_sensor,
    ...factsOf(entry),
  })
}

/** The entry of an asset in the site file. */
export function assetEntry(asset: Asset): AssetEntry {
  return stated({
    class: asset.class,
    description: asset.description,
    rated_speed_rpm: asset.ratedSpeedRpm,
    rated_power_kw: asset.ratedPowerKw,
    support: asset.support,
    bearing: asset.bearing && bearingEntry(asset.bearing),
    speed_sensor: asset.speedSensor,
    ...factsEntry(asset),
  })
}

/** A sensor out of its entry in the site file; the unit becomes the table's own symbol. */
export function sensorOf(key: string, entry: SensorEntry): Sensor {
  const { limits } = entry
  return stated({
    key,
    address: entry.address,
    kind: entry.kind,
    unit: entry.unit ? (unitOf(entry.unit)?.symbol ?? entry.unit) : null,
    periodMs: parseDurationMs(String(entry.every ?? '')) ?? DEFAULT_PERIOD_MS,
    range: entry.range,
    writable: entry.writable,
    limits: limits && limitsOf(limits),
    deadband: entry.deadband,
    atLeastEveryMs: entry.at_least_every === undefined ? undefined : parseDurationMs(String(entry.at_least_every)),
    asset: entry.asset ?? implicitAsset(key),
    description: entry.description,
  })
}

/** The entry of a sensor in the site file. */
export function sensorEntry(sensor: Sensor): SensorEntry {
  const { limits } = sensor
  return stated({
    address: sensor.address,
    kind: sensor.kind,
    unit: sensor.unit ?? undefined,
    every: formatDurationMs(sensor.periodMs),
    range: sensor.range && { ...sensor.range },
    writable: sensor.writable,
    limits: limits && limitsEntryOf(limits),
    deadband: sensor.deadband,
    at_least_every: sensor.atLeastEveryMs === undefined ? undefined : formatDurationMs(sensor.atLeastEveryMs),
    asset: sensor.asset === implicitAsset(sensor.key) ? undefined : sensor.asset,
    description: sensor.description,
  })
}

/** `pump-247/drive-end-temperature` belongs to `pump-247` unless its entry says otherwise. */
function implicitAsset(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf('/')))
}
