import type { Writer } from '../drivers/contract.js'
import { Fault } from '../faults/fault.js'
import { schemeOf } from '../readings/address.js'
import type { Site } from '../readings/asset.js'
import type { Sensor } from '../readings/sensor.js'

/** A sensor of the site that may be written, within its range. */
export interface WritableTarget {
  readonly sensor: Sensor
  readonly range: { readonly low: number; readonly high: number }
  /** What people call the device, and type to confirm: the asset, else the sensor. */
  readonly deviceName: string
}

interface Lookup {
  readonly site: Site
  /** For messages. */
  readonly siteFile: string
  /** The writer of the driver that an address belongs to. */
  readonly writerOf: (address: string) => Promise<Writer>
}

/**
 * The sensor that is meant, by its name or by any spelling of its address.
 * @throws Fault WRITE_NOT_LISTED where the site does not list it as writable.
 */
export async function writableTarget(target: string, lookup: Lookup): Promise<WritableTarget> {
  const { site, siteFile } = lookup
  const sensor = schemeOf(target) === undefined ? site.sensors.find(({ key }) => key === target) : await sensorAt(target, lookup)
  if (sensor?.writable === true && sensor.range) return { sensor, range: sensor.range, deviceName: sensor.asset || sensor.key }
  throw new Fault('WRITE_NOT_LISTED', {
    message: `${target} may not be written`,
    because: sensor
      ? `${siteFile} has the sensor ${sensor.key}, without writable: true and a range`
      : `${siteFile} has no sensor ${schemeOf(target) === undefined ? 'of that name' : 'at that address'}`,
    advice: { file: siteFile },
  })
}

async function sensorAt(address: string, { site, writerOf }: Lookup): Promise<Sensor | undefined> {
  const writer = await writerOf(address)
  const meant = writer.spell(address)
  return site.sensors.find((sensor) => schemeOf(sensor.address) === schemeOf(address) && writer.spell(sensor.address) === meant)
}
