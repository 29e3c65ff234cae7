import type { Address } from '../../readings/address.js'
import { invalidSinkAddress, parseSinkAddress, type SinkAddressRules, spellingOf, wordOf } from '../sink-address.js'

export interface PostgresTarget {
  /** The address in its one spelling. */
  readonly name: string
  readonly host: string
  readonly port: number
  readonly user: string | null
  readonly database: string
  /** Quoted, with its schema where one is named: `"public"."readings"`. */
  readonly table: string
  /** Make the table where it is missing. */
  readonly create: 'no' | 'yes'
  readonly tls: 'verified' | 'none'
  readonly waveforms: 'drop' | 'summary'
}

const DEFAULT_PORT = 5432
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/
const RULES: SinkAddressRules = {
  example: 'postgres://recorder@127.0.0.1:5432/plant?table=readings&create=yes',
  query: ['table', 'create', 'tls', 'waveforms'],
  secret: 'CHATTERFIX_POSTGRES_PASSWORD',
}

/**
 * `postgres://[user@]host[:5432]/DATABASE?table=[SCHEMA.]TABLE&create=yes&tls=none`. TLS is verified unless the server is on this
 * machine or `tls=none` says otherwise.
 * @throws Fault SINK_ADDRESS_INVALID, SINK_SECRET_IN_ADDRESS
 */
export function parsePostgresTarget(text: string): PostgresTarget {
  const address = parseSinkAddress(text, RULES)
  const [database = '', ...more] = address.path
  if (address.host === '') throw invalidSinkAddress(text, RULES, 'the host is missing')
  if (database === '' || more.length > 0) throw invalidSinkAddress(text, RULES, 'expected one database behind the host')
  const names = (address.query.get('table') ?? 'readings').split('.')
  if (names.length > 2 || !names.every((name) => IDENTIFIER.test(name))) {
    throw invalidSinkAddress(text, RULES, 'a table is named by letters, digits and underscores, with a schema and a dot before it or not')
  }
  return {
    name: spellingOf(address),
    host: address.host,
    port: address.port ?? DEFAULT_PORT,
    user: address.user,
    database,
    table: names.map((name) => `"${name}"`).join('.'),
    create: wordOf(address, 'create', { words: ['no', 'yes'], text, rules: RULES }),
    tls: wordOf(address, 'tls', { words: isLocal(address) ? ['none', 'verified'] : ['verified', 'none'], text, rules: RULES }),
    waveforms: wordOf(address, 'waveforms', { words: ['drop', 'summary'], text, rules: RULES }),
  }
}

function isLocal({ host }: Address): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}
