import process from 'node:process'
import type { PlanRequest } from '../licence/client/configuration-client.js'
import { loadSite } from '../site/load-site.js'
import { licenceToken } from './licence-flags.js'

interface Asked {
  readonly site: string | undefined
  readonly server: string
  readonly customer: string
}

/** What `config plan` and `config apply` send: the site, to whom, as whom. The key comes from the environment. */
export async function configurationRequest({ site: file, server, customer }: Asked, signal: AbortSignal): Promise<PlanRequest> {
  const site = await loadSite(file)
  return { server, customer, token: licenceToken(process.env), signal, site, file: site.path }
}
