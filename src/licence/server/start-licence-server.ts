import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Log } from '../../drivers/contract.js'
import { Fault, reasonOf } from '../../faults/fault.js'
import type { Clock } from '../../readings/clock.js'
import type { Customer } from '../customer.js'
import { createLicenceApp } from './licence-app.js'
import { LicenceDatabase } from './store/licence-database.js'
import { replaceCustomers } from './store/tenants.js'

export interface LicenceServerOptions {
  /** 0 picks a free one. */
  readonly port: number
  /** Default 127.0.0.1: nobody else reaches it unless told. */
  readonly host?: string
  readonly dataFolder: string
  readonly customers: readonly Customer[]
  readonly clock: Clock
  readonly log: Log
}

export interface LicenceServer extends AsyncDisposable {
  /** E.g. `http://127.0.0.1:8787`, without a slash at the end. */
  readonly url: string
}

const LOOPBACK = '127.0.0.1'
const FAREWELL_MS = 2000

/**
 * Starts the reference licence server in this process.
 * @throws Fault LICENCE_PORT_TAKEN or LICENCE_STORE_UNUSABLE
 */
export async function startLicenceServer({
  port,
  host = LOOPBACK,
  dataFolder,
  customers,
  clock,
  log,
}: LicenceServerOptions): Promise<LicenceServer> {
  const store = new LicenceDatabase(dataFolder)
  try {
    replaceCustomers(store, customers)
    const app = createLicenceApp({ store, clock, log })
    const server = createAdaptorServer({
      fetch: app.fetch,
      hostname: host,
      overrideGlobalObjects: false,
      serverOptions: { headersTimeout: 10_000, requestTimeout: 30_000, maxHeaderSize: 16_384 },
    }) as Server
    server.maxConnections = 1000
    await listen(server, { port, host })
    const { address, port: bound, family } = server.address() as AddressInfo
    let ending: Promise<void> | undefined
    return {
      url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`,
      [Symbol.asyncDispose]: () => (ending ??= close(server).then(() => store.close())),
    }
  } catch (thrown) {
    store.close()
    throw thrown
  }
}

async function listen(server: Server, { port, host }: { readonly port: number; readonly host: string }): Promise<void> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (thrown) {
    throw new Fault('LICENCE_PORT_TAKEN', {
      message: `the licence server cannot listen on ${host}:${port}`,
      because: reasonOf(thrown),
      advice: { port: String(port) },
      cause: thrown,
    })
  }
}

/** Lets answers that are under way go out, and then ends what is left. */
async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const impatience = setTimeout(() => server.closeAllConnections(), FAREWELL_MS)
  await closed
  clearTimeout(impatience)
}
