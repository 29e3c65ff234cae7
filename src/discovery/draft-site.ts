import { driverOf } from '../acquisition/lines-of.js'
import { nameSensors } from '../acquisition/name-sensors.js'
import { mergeConcurrently } from '../concurrency/merge-concurrently.js'
import type { Finding, Surroundings } from '../drivers/contract.js'
import { DriverFault } from '../drivers/fault.js'
import type { Point, ProbeReport } from '../drivers/probe-report.js'
import { reasonOf } from '../faults/fault.js'
import { parseAddress } from '../readings/address.js'
import type { Asset, Site } from '../readings/asset.js'
import type { Sensor } from '../readings/sensor.js'
import { unitOf } from '../readings/unit.js'

/** Of type, order and scale together. Below it a guess is left out, counted, and stays for `probe` to show. */
const LEAST_CONFIDENCE = 0.5
/** Hosts probed at the same time. */
const CONCURRENCY = 8

export interface SiteDraft {
  readonly site: Site
  readonly probed: readonly ProbeReport[]
  /** Values that are offered, but nobody can tell what they are. */
  readonly uncertain: number
  /** Devices that were found but gave nothing, and why. */
  readonly skipped: readonly { readonly address: string; readonly because: string }[]
}

interface DraftOptions {
  readonly name: string
  readonly around: Surroundings
  /** What becomes of values whose type nobody would bet on; `left-out` by default. */
  readonly guesses?: 'left-out' | 'kept'
  readonly onProbed?: (report: ProbeReport) => void
}

/**
 * A first site file: probes every finding and names every value that it offers. What a device does not say stays out of it.
 * Hosts are probed at the same time, the devices of one host one after the other.
 * @throws DriverFault NO_DATA where nobody offers a value
 */
export async function draftSite(findings: readonly Finding[], options: DraftOptions): Promise<SiteDraft> {
  const outcomes = new Map<Finding, Outcome>()
  const hosts = Map.groupBy(withoutNested(findings), ({ address }) => doorOf(address))
  const left = new AbortController()
  const signal = AbortSignal.any([options.around.signal, left.signal])
  const probing = mergeConcurrently([...hosts.values()], {
    concurrency: CONCURRENCY,
    work: (devices) => probeInTurn(devices, { ...options.around, signal }),
    leave: () => left.abort(),
  })
  for await (const outcome of probing) {
    outcomes.set(outcome.finding, outcome)
    if (outcome.report) options.onProbed?.(outcome.report)
  }
  // In the order of finding, so that the same plant gives the same names.
  const inOrder = findings.flatMap((finding) => outcomes.get(finding) ?? [])
  const probed = inOrder.flatMap(({ report }) => report ?? [])
  const skipped = inOrder.flatMap(({ finding: { address }, because }) => (because === null ? [] : { address, because }))
  const least = options.guesses === 'kept' ? 0 : LEAST_CONFIDENCE
  const sensors = sensorsOf(probed, least)
  const uncertain = probed.flatMap(({ points }) => points).filter((point) => isMeasured(point) && point.confidence < least).length
  if (sensors.length === 0) throw nothingFound(findings, uncertain)
  return { site: { name: options.name, assets: assetsOf(sensors), sensors }, probed, skipped, uncertain }
}

interface Outcome {
  readonly finding: Finding
  readonly report: ProbeReport | null
  readonly because: string | null
}

async function* probeInTurn(findings: readonly Finding[], around: Surroundings): AsyncGenerator<Outcome> {
  for (const finding of findings) {
    if (around.signal.aborted) return
    yield await probeOne(finding, around)
  }
}

async function probeOne(finding: Finding, around: Surroundings): Promise<Outcome> {
  if (finding.access !== 'open') return { finding, report: null, because: finding.access }
  try {
    const driver = await driverOf(finding.address)
    return { finding, report: await driver.probe(finding.address, around), because: null }
  } catch (thrown) {
    return { finding, report: null, because: reasonOf(thrown) }
  }
}

/** Without the parts of devices that are probed as a whole, e.g. a Sparkplug node of a broker that was found itself. */
function withoutNested(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ address }) => !findings.some((other) => other.address !== address && address.startsWith(`${other.address}/`)))
}

function doorOf(address: string): string {
  const { host, port } = parseAddress(address)
  return `${host}:${port}`
}

function sensorsOf(probed: readonly ProbeReport[], least: number): readonly Sensor[] {
  const addresses = new Set<string>()
  const sensors: Sensor[] = []
  // Devices that name their values come first: they are what people look for, and their names win.
  const named = ({ points }: ProbeReport): number => Number(points.some(({ name }) => name !== null))
  for (const { points } of probed.toSorted((a, b) => named(b) - named(a))) {
    const fresh = points
      .filter((point) => isMeasured(point) && point.confidence >= least && !addresses.has(point.address))
      .toSorted(byAddress)
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

/** As people count: register 2 before register 10. */
function byAddress(a: Point, b: Point): number {
  return ADDRESSES.compare(a.address, b.address) || (a.address < b.address ? -1 : 1)
}

const ADDRESSES = new Intl.Collator('en', { numeric: true })

function assetsOf(sensors: readonly Sensor[]): readonly Asset[] {
  return [...new Set(sensors.flatMap(({ asset }) => asset ?? []))].map((key) => {
    // Of two nobody can tell which shaft is meant.
    const [speed, another] = sensors.filter((sensor) => sensor.asset === key && isShaftSpeed(sensor))
    return speed === undefined || another !== undefined ? { key } : { key, speedSensor: speed.key }
  })
}

function isShaftSpeed({ kind, unit }: Sensor): boolean {
  return kind === 'speed' && unit !== null && unitOf(unit)?.symbol === 'rpm'
}

function nothingFound(findings: readonly Finding[], uncertain: number): DriverFault {
  return new DriverFault('NO_DATA', {
    message: 'there is nothing to write a site file of: no values were found',
    because:
      findings.length === 0
        ? 'no device answered'
        : `${findings.length} devices answered; ${uncertain === 0 ? 'none of them offered a value' : `nobody can tell what their ${uncertain} values are (--guesses writes them all the same)`}`,
    advice: { address: findings[0]?.address ?? 'localhost' },
    retry: false,
  })
}
