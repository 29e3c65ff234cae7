import { reasonOf } from '../../faults/fault.js'
import { type Address, formatAddress, parseAddress } from '../../readings/address.js'
import { DriverFault } from '../fault.js'
import { type JsonPointer, parseJsonPointer } from './json-pointer.js'
import { parseSparkplugTopic, type SparkplugTopic } from './sparkplug/topic.js'
import { flawOfFilter, hasWildcard } from './topic.js'

/** A broker, and how to speak to it. */
export interface Broker {
  readonly scheme: 'mqtt' | 'mqtts'
  readonly host: string
  readonly port: number
  readonly user: string | null
  /** Names a session that the broker keeps while we are away; null for none. */
  readonly session: string | null
}

/** What a sensor's address asks for. */
export type Wanted =
  | { readonly kind: 'field'; readonly topic: string; readonly field: JsonPointer }
  | { readonly kind: 'waveform'; readonly topic: string }
  | { readonly kind: 'metric'; readonly topic: SparkplugTopic; readonly metric: string }
  /** A device: listen to whatever comes. */
  | { readonly kind: 'all'; readonly filter: string }

export interface MqttAddress {
  readonly broker: Broker
  readonly wanted: Wanted
}

export const DEFAULT_PORT = { mqtt: 1883, mqtts: 8883 } as const
export const EXAMPLE = 'mqtt://10.0.0.5:1883/plant/pump-247/temperature?field=/value'
const SESSION = /^[A-Za-z0-9._-]{1,64}$/

/** @throws DriverFault ADDRESS_INVALID that says which part is wrong. */
export function parseMqttAddress(text: string): MqttAddress {
  const address = parse(text)
  const { scheme } = address
  if (scheme !== 'mqtt' && scheme !== 'mqtts') throw invalid(text, `'${scheme}' is not mqtt or mqtts`)
  if (address.host === '') throw invalid(text, 'the host is missing')
  const session = address.query.get('session') ?? null
  if (session !== null && !SESSION.test(session)) throw invalid(text, 'a session is named by up to 64 letters, digits, dots, dashes')
  const broker: Broker = { scheme, host: address.host, port: address.port ?? DEFAULT_PORT[scheme], user: address.user, session }
  return { broker, wanted: wantedOf(text, address) }
}

/** `mqtt://host:port`, with user and session where there are any; what sensors of one connection have in common. */
export function lineOf(broker: Broker): string {
  return addressOf(broker, null, new Map())
}

/** The address of a topic (null for the broker itself) below a broker. */
export function addressOf(broker: Broker, topic: string | null, query: ReadonlyMap<string, string>): string {
  const { scheme, user, host, port, session } = broker
  const path = topic === null ? [] : topic.split('/')
  return formatAddress({ scheme, user, host, port, path, query: session === null ? query : new Map([...query, ['session', session]]) })
}

function wantedOf(text: string, { path, query }: Address): Wanted {
  const topic = path.join('/')
  const field = parseJsonPointer(query.get('field') ?? '')
  const metric = query.get('metric')
  const as = query.get('as')
  if (field === undefined) throw invalid(text, `field '${query.get('field')}' is no JSON Pointer such as /motor/temperature`)
  if (as !== undefined && as !== 'waveform') throw invalid(text, `as=${as} is not known; only as=waveform is`)
  if ([metric, as, query.get('field')].filter((given) => given !== undefined).length > 1)
    throw invalid(text, 'give one of field, metric and as')
  const isDevice = topic === '' || hasWildcard(topic)
  if (isDevice && (metric !== undefined || as !== undefined || field.length > 0))
    throw invalid(text, 'a value needs the topic that carries it')
  if (topic === '') return { kind: 'all', filter: '#' }
  const flaw = flawOfFilter(topic)
  if (flaw !== undefined) throw invalid(text, flaw)
  if (isDevice) return { kind: 'all', filter: topic }
  const sparkplug = parseSparkplugTopic(topic)
  if (metric !== undefined) {
    if (sparkplug?.kind !== 'metrics') throw invalid(text, `metric needs a Sparkplug topic such as spBv1.0/GROUP/DDATA/NODE/DEVICE`)
    return { kind: 'metric', topic: sparkplug, metric }
  }
  if (as === 'waveform') return { kind: 'waveform', topic }
  return sparkplug?.kind === 'metrics' ? { kind: 'all', filter: topic } : { kind: 'field', topic, field }
}

function parse(text: string): Address {
  try {
    // People write topics as they know them; a fragment means nothing here, so # can only be the wildcard.
    return parseAddress(text.replaceAll('#', '%23'))
  } catch (thrown) {
    throw invalid(text, reasonOf(thrown))
  }
}

function invalid(text: string, reason: string): DriverFault {
  return new DriverFault('ADDRESS_INVALID', {
    message: `the address cannot be understood: ${reason}`,
    where: { address: text },
    advice: { scope: 'localhost', example: EXAMPLE },
    retry: false,
  })
}
