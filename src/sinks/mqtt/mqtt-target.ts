import { invalidSinkAddress, parseSinkAddress, type SinkAddressRules, spellingOf, wordOf } from '../sink-address.js'

export interface MqttTarget {
  /** The address in its one spelling. */
  readonly name: string
  readonly scheme: 'mqtt' | 'mqtts'
  readonly host: string
  readonly port: number
  readonly user: string | null
  /** Topics are PREFIX/SENSOR. */
  readonly prefix: string
  /** Whether the broker keeps the last value of each topic for those who come later. */
  readonly retain: 'no' | 'yes'
  readonly waveforms: 'blocks' | 'summary' | 'drop'
}

const DEFAULT_PORT = { mqtt: 1883, mqtts: 8883 } as const
const DEFAULT_PREFIX = 'chatterfix'
const RULES: SinkAddressRules = {
  example: 'mqtt://127.0.0.1:1883/chatterfix?retain=yes',
  query: ['retain', 'waveforms'],
  secret: 'CHATTERFIX_MQTT_USER and CHATTERFIX_MQTT_PASSWORD',
}

/**
 * `mqtt://[user@]host[:port]/PREFIX?retain=yes`, `mqtts` over TLS.
 * @throws Fault SINK_ADDRESS_INVALID, SINK_SECRET_IN_ADDRESS
 */
export function parseMqttTarget(text: string): MqttTarget {
  const address = parseSinkAddress(text, RULES)
  const scheme = address.scheme === 'mqtts' ? 'mqtts' : 'mqtt'
  const prefix = address.path.join('/').replace(/\/+$/, '')
  if (address.host === '') throw invalidSinkAddress(text, RULES, 'the host is missing')
  if (/[+#\0]/.test(prefix) || prefix.startsWith('$'))
    throw invalidSinkAddress(text, RULES, 'nobody can publish below a topic with +, # or $')
  return {
    name: spellingOf(address),
    scheme,
    host: address.host,
    port: address.port ?? DEFAULT_PORT[scheme],
    user: address.user,
    prefix: prefix === '' ? DEFAULT_PREFIX : prefix,
    retain: wordOf(address, 'retain', { words: ['no', 'yes'], text, rules: RULES }),
    waveforms: wordOf(address, 'waveforms', { words: ['blocks', 'summary', 'drop'], text, rules: RULES }),
  }
}
