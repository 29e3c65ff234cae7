import { driverOf } from '../acquisition/lines-of.js'
import { nameSensors } from '../acquisition/name-sensors.js'
import type { Finding, Point, ProbeReport, Surroundings } from '../drivers/contract.js'
import { DriverFault } from '../drivers/fault.js'
import type { Asset, Site } from '../readings/asset.js'
import type { Sensor } from '../readings/sensor.js'

export interface SiteDraft {
  readonly site: Site
  readonly probed: readonly ProbeReport[]
  /** Devices that were found but gave nothing, and why. */
  readonly skipped: readonly { readonly address: string; readonly because: string }[]
}

interface DraftOptions {
  readonly name: string
  readonly around: Surroundings
  readonly onProbed?: (report: ProbeReport) => void
}

/**
 * A first site file: probes every finding and names every value that it offers. What a device does not say stays out of it.
 * @throws DriverFault NO_DATA where nobody offers a value
 */
export async function draftSite(findings: readonly Finding[], { name, around, onProbed }: DraftOptions): Promise<SiteDraft> {
  const probed: ProbeReport[] = []
  const skipped: { address: string; because: string }[] = []
  for (const { address, access } of findings) {
    if (around.signal.aborted) break
    if (access !== 'open') {
      skipped.push({ address, because: access })
      continue
    }
    try {
      const report = await (await driverOf(address)).probe(address, around)
      probed.push(report)
      onProbed?.(report)
    } catch (thrown) {
      if (!(thrown instanceof DriverFault)) throw thrown
      skipped.push({ address, because: thrown.message })
    }
  }
  const sensors = sensorsOf(probed)
  if (sensors.length === 0) throw nothingFound(findings)
  return { site: { name, assets: assetsOf(sensors), sensors }, probed, skipped }
}

function sensorsOf(probed: readonly ProbeReport[]): readonly Sensor[] {
  const addresses = new Set<string>()
  const sensors: Sensor[] = []
  for (const { points } of probed) {
    const fresh = points.filter((point) => isMeasured(point) && !addresses.has(point.address))
    for (const { address } of fresh) addresses.add(address)
    sensors.push(
      ...nameSensors(
        fresh,
        sensors.map(({ key }) => key),
      ),
    )
  }
  return sensors
}

/** Numbers, switches and waveforms; a text is a fact about a device, not a measurement. */
function isMeasured({ value }: Point): boolean {
  return typeof value === 'number' || typeof value === 'boolean'
}

function assetsOf(sensors: readonly Sensor[]): readonly Asset[] {
  return [...new Set(sensors.flatMap(({ asset }) => asset ?? []))].map((key) => ({ key }))
}

function nothingFound(findings: readonly Finding[]): DriverFault {
  return new DriverFault('NO_DATA', {
    message: 'there is nothing to write a site file of: no values were found',
    because: findings.length === 0 ? 'no device answered' : `${findings.length} devices answered, none of them offered a value`,
    advice: { address: findings[0]?.address ?? 'localhost' },
    retry: false,
  })
}
