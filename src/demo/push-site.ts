import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Surroundings } from '../drivers/contract.js'
import { applyPlan, planConfiguration } from '../licence/client/configuration-client.js'
import { parseCustomersFile } from '../licence/server/customers-file.js'
import { startLicenceServer } from '../licence/server/start-licence-server.js'
import { shellWord } from '../output/shell-word.js'
import { schemeOf } from '../readings/address.js'
import type { Site } from '../readings/asset.js'
import { counted } from '../readings/counted.js'
import { saveSite } from '../site/save-site.js'
import type { Stage } from './stage.js'

const CUSTOMER = 'demo'
/** Good for the server of this demo only, which listens on loopback and ends with it. */
const TOKEN = 'demo-token'
/** Lines that the platform has no protocol for. */
const UNREACHABLE = 'modbus-rtu-tcp'
const CUSTOMERS = `- { id: ${CUSTOMER}, tier: iot_advanced, sensor_limit: 200, expires_at: null, token: ${TOKEN} }\n`

interface PushOptions {
  readonly around: Surroundings
  readonly stage: Stage
  readonly folder: string
}

/** Pushes the site to a licence server of our own, in this process; returns the revision that it became. */
export async function pushSite(site: Site, { around, stage, folder }: PushOptions): Promise<number> {
  await mkdir(folder, { recursive: true })
  const pushed = { ...site, sensors: site.sensors.filter(({ address }) => schemeOf(address) !== UNREACHABLE) }
  const file = join(folder, 'pushed.yaml')
  await saveSite(file, pushed, {
    existing: 'replace',
    why: `drafted by the demo; without what lies on ${UNREACHABLE}, which ChatterFix does not speak`,
  })
  const customersFile = join(folder, 'customers.yaml')
  await writeFile(customersFile, CUSTOMERS)
  stage.step('Push: hand the configuration to the licence server', [
    `chatterfix licence serve --port 8787 --data ${shellWord(folder)} --customers ${shellWord(customersFile)}`,
    `CHATTERFIX_LICENSE_API_KEY=${TOKEN} chatterfix config apply --site ${shellWord(file)} --server http://127.0.0.1:8787 --customer ${CUSTOMER}`,
  ])
  await using server = await startLicenceServer({
    port: 0,
    dataFolder: folder,
    customers: parseCustomersFile(CUSTOMERS, customersFile),
    clock: around.clock,
    log: around.log,
  })
  const request = { server: server.url, customer: CUSTOMER, token: TOKEN, signal: around.signal, site: pushed, file }
  if (pushed.sensors.length < site.sensors.length)
    stage.result(
      `not pushed: ${counted(site.sensors.length - pushed.sensors.length, 'sensor')} on the Modbus RTU line, which ChatterFix does not speak`,
    )
  const plan = await planConfiguration(request)
  const { used, after, limit } = plan.licence
  stage.result(`plan: ${counted(plan.actions.length, 'change')}; sensors ${used} → ${after} of ${limit ?? 'unlimited'}`)
  const { revision } = await applyPlan({ ...request, plan })
  stage.result(`revision ${revision} pushed to ${server.url}`)
  return revision
}
