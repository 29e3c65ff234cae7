import type { Credentials } from '../../drivers/contract.js'
import type { InfluxTarget } from './influx-address.js'

export interface InfluxRequest {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface InfluxSecrets {
  readonly token: string | undefined
  readonly credentials: Credentials | undefined
}

/** A write of lines with nanoseconds, as each version's reference has it. */
export function writeRequest(target: InfluxTarget, secrets: InfluxSecrets, body: string): InfluxRequest {
  const headers = { 'content-type': 'text/plain; charset=utf-8', ...authorization(target, secrets) }
  return { path: writePath(target), headers, body }
}

/** Version 1 only; says the same of a database that is there. */
export function createDatabaseRequest(target: InfluxTarget, secrets: InfluxSecrets): InfluxRequest {
  const query = `CREATE DATABASE "${target.database.replace(/["\\]/g, String.raw`\$&`)}"`
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...authorization(target, secrets) }
  return { path: '/query', headers, body: new URLSearchParams({ q: query }).toString() }
}

/**
 * @see https://docs.influxdata.com/influxdb/v1/tools/api/#write-http-endpoint
 * @see https://docs.influxdata.com/influxdb/v2/api/#operation/PostWrite
 * @see https://docs.influxdata.com/influxdb3/core/api/v3/#operation/PostWriteLP
 */
function writePath({ version, database, retentionPolicy, organisation }: InfluxTarget): string {
  const asked = (query: Readonly<Record<string, string>>): string => new URLSearchParams(query).toString()
  switch (version) {
    case '1':
      return `/write?${asked({ db: database, ...(retentionPolicy === null ? {} : { rp: retentionPolicy }), precision: 'ns' })}`
    case '2':
      return `/api/v2/write?${asked({ org: organisation ?? '', bucket: database, precision: 'ns' })}`
    case '3':
      return `/api/v3/write_lp?${asked({ db: database, precision: 'nanosecond' })}`
  }
}

function authorization({ version }: InfluxTarget, { token, credentials }: InfluxSecrets): Readonly<Record<string, string>> {
  if (version === '1' && credentials) {
    return { authorization: `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}` }
  }
  if (token === undefined) return {}
  return { authorization: `${version === '3' ? 'Bearer' : 'Token'} ${token}` }
}
