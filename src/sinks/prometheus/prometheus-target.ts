import { parseDurationMs } from '../../readings/time.js'
import { invalidSinkAddress, parseSinkAddress, type SinkAddressRules, spellingOf } from '../sink-address.js'

export interface PrometheusTarget {
  /** The address in its one spelling. */
  readonly name: string
  /** Where others may ask. */
  readonly host: string
  /** 0: one that is free. */
  readonly port: number
  /** A value is not told any more when nothing new has come for so long. */
  readonly staleMs: number
}

const DEFAULT_PORT = 9464
const DEFAULT_STALE_MS = 300_000
const RULES: SinkAddressRules = { example: 'prometheus://127.0.0.1:9464?stale=5m', query: ['stale'], secret: 'a proxy’s configuration' }

/**
 * `prometheus://[host][:9464]?stale=5m`: the interface to listen on, this machine's own where none is named.
 * @throws Fault SINK_ADDRESS_INVALID, SINK_SECRET_IN_ADDRESS
 */
export function parsePrometheusTarget(text: string): PrometheusTarget {
  const address = parseSinkAddress(text, RULES)
  if (address.path.some((part) => part !== '' && part !== 'metrics')) throw invalidSinkAddress(text, RULES, 'the path is always /metrics')
  const stale = address.query.get('stale')
  const staleMs = stale === undefined ? DEFAULT_STALE_MS : parseDurationMs(stale)
  if (staleMs === undefined || staleMs <= 0) throw invalidSinkAddress(text, RULES, 'stale is no duration such as 5m')
  return { name: spellingOf(address), host: address.host === '' ? '127.0.0.1' : address.host, port: address.port ?? DEFAULT_PORT, staleMs }
}

export const PROMETHEUS_EXAMPLE = RULES.example
