import { join } from 'node:path'
import { discover } from '../discovery/discover.js'
import { draftSite, type SiteDraft } from '../discovery/draft-site.js'
import type { Finding, Surroundings } from '../drivers/contract.js'
import { Fault } from '../faults/fault.js'
import { formatFinding } from '../output/finding-lines.js'
import { shellWord } from '../output/shell-word.js'
import { terminalSafe } from '../output/terminal-safe.js'
import { PLANT_ASSETS } from '../plant/nameplates.js'
import { PLANT_POINTS } from '../plant/points.js'
import { parseAddress } from '../readings/address.js'
import type { Asset } from '../readings/asset.js'
import { counted } from '../readings/counted.js'
import type { Sensor } from '../readings/sensor.js'
import type { PlantProcess } from './plant-process.js'
import type { Stage } from './stage.js'

/** People number units from 1; all 247 would take half a minute. */
const LIKELY_UNITS = '1-32'
const PROTOCOLS = ['modbus', 'mqtt', 'opcua', 'line'] as const

/**
 * Looks at this machine as a stranger would, and keeps what belongs to the plant (this machine may run other servers).
 * @throws Fault DEMO_FAILED where one of its protocols was not found.
 */
export async function findPlant(
  plant: PlantProcess,
  { around, stage }: { readonly around: Surroundings; readonly stage: Stage },
): Promise<readonly Finding[]> {
  const scopes = scopesOf(plant)
  stage.step(
    'Discover: which devices are on this machine, and on its Modbus RTU line?',
    scopes.map((scope) => `chatterfix discover ${shellWord(scope)}`),
  )
  const findings = (await Promise.all(scopes.map((scope) => Array.fromAsync(discover([scope], around))))).flat()
  const ports = new Set(
    Object.values(plant.addresses).flatMap((address) => (address?.includes('://') ? (parseAddress(address).port ?? []) : [])),
  )
  const own = findings.filter(({ address }) => ports.has(parseAddress(address).port ?? 0))
  for (const finding of own) stage.result(formatFinding(finding))
  if (findings.length > own.length) stage.result(`(${findings.length - own.length} more do not belong to the plant and are left alone)`)
  for (const protocol of PROTOCOLS) {
    const address = plant.addresses[protocol]
    if (address && own.some((finding) => parseAddress(finding.address).port === parseAddress(address).port)) continue
    throw new Fault('DEMO_FAILED', {
      message: `discovery did not find the plant’s ${protocol} server`,
      where: { address: address ?? 'not started' },
      advice: { command: 'chatterfix discover localhost' },
    })
  }
  return own
}

/** Probes what was found and drafts a site of it, with the nameplates that an engineer would type off the machines. */
export async function probePlant(
  findings: readonly Finding[],
  {
    around,
    stage,
    plant,
    folder,
  }: { readonly around: Surroundings; readonly stage: Stage; readonly plant: PlantProcess; readonly folder: string },
): Promise<SiteDraft> {
  // `probe` shows one device; `init` finds and probes all of them and writes the site file.
  stage.step('Probe: who are they, what do they offer? And a site file of it', [
    `chatterfix probe ${shellWord(findings[0]?.address ?? 'ADDRESS')}`,
    `chatterfix init ${scopesOf(plant).map(shellWord).join(' ')} --out ${shellWord(join(folder, 'by-hand.yaml'))}`,
  ])
  const draft = await draftSite(findings, {
    name: 'embedded-plant',
    around,
    onProbed: ({ device, points, warnings }) => {
      const sure = points.filter(({ confidence }) => confidence >= 0.9).length
      stage.result(
        `${terminalSafe(device.description)}: ${counted(points.length, 'value')}, ${sure} certain${warnings.length > 0 ? `, ${counted(warnings.length, 'warning')}` : ''}`,
      )
    },
  })
  for (const { address, because } of draft.skipped) stage.result(`skipped ${terminalSafe(address)}: ${terminalSafe(because)}`)
  const { assets, sensors } = draft.site
  return { ...draft, site: { ...draft.site, assets: withNameplates(assets), sensors: sensors.map(withLimits) } }
}

/** A serial line does not show itself to whoever knocks at ports: it is searched unit by unit. */
function scopesOf({ addresses: { line } }: PlantProcess): readonly string[] {
  return ['localhost', ...(line ? [`${line}?units=${LIKELY_UNITS}`] : [])]
}

function withNameplates(assets: readonly Asset[]): readonly Asset[] {
  return assets.map((asset) => PLANT_ASSETS.find(({ key }) => key === asset.key) ?? asset)
}

/** Alarm limits, as an engineer would type them off the data sheet. */
function withLimits(sensor: Sensor): Sensor {
  const limits = PLANT_POINTS.find(({ key, unit }) => unit === sensor.unit && key === sensor.key.replace(/-\d$/, ''))?.limits
  return limits ? { ...sensor, limits } : sensor
}
