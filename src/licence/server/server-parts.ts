import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Log } from '../../drivers/contract.js'
import type { Clock } from '../../readings/clock.js'
import type { Tenant } from '../customer.js'
import type { LicenceDatabase } from './store/licence-database.js'

/** What a request knows of the server. */
export interface LicenceEnv {
  Variables: { tenant: Tenant }
}
export type LicenceApp = OpenAPIHono<LicenceEnv>
export type LicenceContext = Context<LicenceEnv>

export interface ServerParts {
  readonly store: LicenceDatabase
  readonly clock: Clock
  readonly log: Log
}
