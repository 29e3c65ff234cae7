import type { Surroundings, Writer } from '../drivers/contract.js'
import { Fault } from '../faults/fault.js'
import { schemeOf } from '../readings/address.js'
import type { Site } from '../readings/asset.js'
import { type Sensor, unnamedSensor } from '../readings/sensor.js'
import type { WriteBounds } from '../readings/write-bounds.js'

/** Something that may be written, and what may be written there. */
export interface WritableTarget {
  /** Of the site; made of the address where only a profile lists it. */
  readonly sensor: Sensor
  readonly bounds: WriteBounds
  /** What people call the device, and type to confirm: the asset, else the sensor; the profile and the unit where the site has none. */
  readonly deviceName: string
  /** The site file, or the profile of the device. */
  readonly listedBy: string
}

interface Lookup {
  readonly site: Site
  /** For messages. */
  readonly siteFile: string
  readonly around: Surroundings
  /** The writer of the driver that an address belongs to. */
  readonly writerOf: (address: string) => Promise<Writer>
}

/**
 * The sensor that is meant, by its name or by any spelling of its address. What the site says of it counts; only where it says nothing is the profile of the device asked.
 * @throws Fault WRITE_NOT_LISTED where neither lists it as writable; what reading throws.
 */
export async function writableTarget(target: string, lookup: Lookup): Promise<WritableTarget> {
  const { site, siteFile } = lookup
  const isAddress = schemeOf(target) !== undefined
  const sensor = isAddress ? await sensorAt(target, lookup) : site.sensors.find(({ key }) => key === target)
  if (sensor?.writable === true && sensor.range)
    return { sensor, bounds: sensor.range, deviceName: sensor.asset || sensor.key, listedBy: siteFile }
  if (sensor?.writable === false) throw notListed(target, siteFile, `${siteFile} says writable: false of the sensor ${sensor.key}`)
  if (!sensor && !isAddress) throw notListed(target, siteFile, `${siteFile} has no sensor of that name`)
  const byProfile = await listedByProfile(sensor ?? unnamedSensor(target), lookup)
  if (typeof byProfile !== 'string') return byProfile
  const bySite = sensor
    ? `${siteFile} has the sensor ${sensor.key}, without writable: true and a range`
    : `${siteFile} has no sensor at that address`
  throw notListed(target, siteFile, `${bySite}; ${byProfile}`)
}

/** What the profile of the device lists, or why it does not. */
async function listedByProfile(sensor: Sensor, { writerOf, around }: Lookup): Promise<WritableTarget | string> {
  const writer = await writerOf(sensor.address)
  const listing = (await writer.listing?.(sensor.address, around)) ?? { kind: 'not-listed', because: 'this driver knows no profiles' }
  if (listing.kind === 'not-listed') return listing.because
  const { bounds, unit, valueKind, deviceName, by } = listing
  return {
    sensor: sensor.unit === null ? { ...sensor, unit, kind: valueKind } : sensor,
    bounds,
    deviceName: sensor.asset || deviceName,
    listedBy: by,
  }
}

async function sensorAt(address: string, { site, writerOf }: Lookup): Promise<Sensor | undefined> {
  const writer = await writerOf(address)
  const meant = writer.spell(address)
  return site.sensors.find((sensor) => schemeOf(sensor.address) === schemeOf(address) && writer.spell(sensor.address) === meant)
}

function notListed(target: string, siteFile: string, because: string): Fault {
  return new Fault('WRITE_NOT_LISTED', { message: `${target} may not be written`, because, advice: { file: siteFile, profile: 'NAME' } })
}
