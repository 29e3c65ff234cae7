import { type LicenceAnswer, licenceSchema, type SensorAnswer, sensorAnswerSchema } from '../wire.js'
import { understood } from './configuration-client.js'
import { askLicenceServer, type LicenceLine } from './licence-line.js'

export interface LicenceStatus {
  readonly schema: 'chatterfix/licence-status/1'
  readonly server: string
  readonly customer: string
  readonly licence: LicenceAnswer
  /** Active sensors on the server. */
  readonly sensors: Pick<SensorAnswer, 'used' | 'limit' | 'remaining'>
}

/**
 * The licence, by ChatterFix's own endpoint; null where the server knows no such customer (ChatterFix then runs as tier core).
 * @throws Fault of the licence catalogue.
 */
export async function fetchLicence(line: LicenceLine): Promise<LicenceAnswer | null> {
  const reply = await askLicenceServer(line, { method: 'GET', path: `/api/v1/licenses/${encodeURIComponent(line.customer)}` })
  return reply.status === 404 ? null : understood(line, licenceSchema, reply)
}

/** The licence and how much of it is used. */
export async function fetchLicenceStatus(line: LicenceLine): Promise<LicenceStatus> {
  const path = `/api/v1/licenses/${encodeURIComponent(line.customer)}`
  const licence = understood(line, licenceSchema, await askLicenceServer(line, { method: 'GET', path }))
  const question = { customer_id: line.customer, sensor_count: 0 }
  const reply = await askLicenceServer(line, { method: 'POST', path: '/v1/validate_sensor_limit', body: question })
  const { used, limit, remaining } = understood(line, sensorAnswerSchema, reply)
  return {
    schema: 'chatterfix/licence-status/1',
    server: line.server,
    customer: line.customer,
    licence,
    sensors: { used, limit, remaining },
  }
}
