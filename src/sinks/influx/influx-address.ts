import type { Address } from '../../readings/address.js'
import { invalidSinkAddress, parseSinkAddress, type SinkAddressRules, spellingOf, wordOf } from '../sink-address.js'
import { DEFAULT_MEASUREMENT } from './line-protocol.js'

export interface InfluxTarget {
  /** The address in its one spelling. */
  readonly name: string
  readonly scheme: string
  readonly tls: 'tls' | 'plain'
  readonly host: string
  readonly port: number
  readonly user: string | null
  readonly version: '1' | '2' | '3'
  /** v1 and v3: the database; v2: the bucket. */
  readonly database: string
  /** v1 only; null for the database's own. */
  readonly retentionPolicy: string | null
  /** v2 only. */
  readonly organisation: string | null
  readonly measurement: string
  /** v1 only: make the database where it is missing. */
  readonly create: 'no' | 'yes'
  readonly waveforms: 'drop' | 'summary'
}

const DEFAULT_PORT = { 1: 8086, 2: 8086, 3: 8181 } as const
const RULES: SinkAddressRules = {
  example: 'influx://127.0.0.1:8086/plant?version=1',
  query: ['version', 'org', 'measurement', 'create', 'waveforms'],
  secret: 'CHATTERFIX_INFLUX_TOKEN (or CHATTERFIX_INFLUX_USER and CHATTERFIX_INFLUX_PASSWORD for version 1)',
}

/**
 * `influx://host[:port]/DATABASE[/RETENTION_POLICY]?version=1`, `influx://host/BUCKET?org=ORG` (version 2), `influx://host/DATABASE?version=3`;
 * `influxs` over TLS.
 * @throws Fault SINK_ADDRESS_INVALID, SINK_SECRET_IN_ADDRESS
 */
export function parseInfluxAddress(text: string): InfluxTarget {
  const address = parseSinkAddress(text, RULES)
  const fail = (because: string) => invalidSinkAddress(text, RULES, because)
  const organisation = address.query.get('org') ?? null
  const version = wordOf(address, 'version', { words: organisation === null ? ['1', '2', '3'] : ['2', '1', '3'], text, rules: RULES })
  const [database = '', retentionPolicy = null, ...more] = address.path
  if (address.host === '') throw fail('the host is missing')
  if (database === '' || more.length > 0) throw fail(`expected ${version === '2' ? 'a bucket' : 'a database'} behind the host`)
  if (version === '2' && organisation === null) throw fail('version 2 needs an organisation: ?org=NAME')
  if (version !== '2' && organisation !== null) throw fail('only version 2 has organisations')
  if (version !== '1' && retentionPolicy !== null) throw fail('only version 1 has retention policies')
  const create = wordOf(address, 'create', { words: ['no', 'yes'], text, rules: RULES })
  if (version !== '1' && create === 'yes') throw fail('only databases of version 1 are made; make the bucket there')
  return {
    ...placeOf(address),
    port: address.port ?? DEFAULT_PORT[version],
    name: spellingOf(address),
    version,
    database,
    retentionPolicy,
    organisation,
    measurement: address.query.get('measurement') ?? DEFAULT_MEASUREMENT,
    create,
    waveforms: wordOf(address, 'waveforms', { words: ['drop', 'summary'], text, rules: RULES }),
  }
}

function placeOf({ scheme, host, user }: Address): Pick<InfluxTarget, 'scheme' | 'tls' | 'host' | 'user'> {
  return { scheme, tls: scheme === 'influxs' ? 'tls' : 'plain', host, user }
}
