import type { Identity, ProbeReport, Surroundings } from '../contract.js'
import { addressOf, type Broker, lineOf, parseMqttAddress, type Wanted } from './address.js'
import { identityOfVersion } from './identity.js'
import { subscribeFault } from './line-fault.js'
import { Listener } from './listen.js'
import { filtersOfNode } from './sparkplug/filters.js'
import type { NodeSurvey } from './sparkplug/node-survey.js'
import { parseSparkplugTopic } from './sparkplug/topic.js'
import type { TopicSurvey } from './topic-survey.js'

const LISTEN_MS = 2500
const QUIET_MS = 1000
const VERSION_TOPIC = '$SYS/broker/version'

/**
 * Listens to a broker, or to a part of its topics, and lists the values that come by.
 * @throws DriverFault
 */
export async function probeBroker(address: string, around: Surroundings): Promise<ProbeReport> {
  const { broker, wanted } = parseMqttAddress(address)
  const filters = filtersOf(wanted)
  await using listener = await Listener.open({ broker, around })
  const refused = await listener.subscribe([...filters, VERSION_TOPIC])
  const [first] = filters
  if (first !== undefined && filters.every((filter) => refused.includes(filter)))
    throw subscribeFault(broker, first, 'the subscription was refused')
  await listener.listen({ limitMs: Math.max(LISTEN_MS, around.timeoutMs), quietMs: QUIET_MS })
  return reportOf({ broker, wanted, survey: listener.survey, protocol: listener.protocol })
}

interface Heard {
  readonly broker: Broker
  readonly wanted: Wanted
  readonly survey: TopicSurvey
  readonly protocol: string
}

function reportOf({ broker, wanted, survey, protocol }: Heard): ProbeReport {
  const all = wanted.kind === 'all' && wanted.filter === '#'
  const address = all ? lineOf(broker) : addressOf(broker, filterOf(wanted), new Map())
  const nodes = [...survey.nodes.values()]
  const identity = all ? brokerIdentity(survey) : nodes.length === 1 ? (nodes[0]?.identity ?? null) : null
  const { messages, topicCount, version } = survey
  const facts = {
    protocol,
    ...(version === undefined ? {} : { broker: version }),
    topics: String(topicCount),
    messages: String(messages),
    ...wordsOf(nodes),
  }
  const warnings =
    messages === 0 ? ['nothing was heard: perhaps the devices send seldom (listen longer with --timeout 30s)'] : survey.warnings
  return {
    device: {
      address,
      identity,
      description: all ? `MQTT broker${version === undefined ? '' : ` (${version})`}` : 'topics of an MQTT broker',
      facts,
    },
    points: survey.points.filter((point) => belongs(point.address, wanted)),
    warnings,
  }
}

export function brokerIdentity({ version }: TopicSurvey): Identity | null {
  return version === undefined ? null : identityOfVersion(version)
}

function wordsOf(nodes: readonly NodeSurvey[]): Readonly<Record<string, string>> {
  const [only] = nodes
  return nodes.length === 1 && only ? only.facts : {}
}

function filterOf(wanted: Wanted): string {
  if (wanted.kind === 'all') return wanted.filter
  return wanted.kind === 'metric' ? `spBv1.0/${wanted.topic.group}/+/${wanted.topic.node}/#` : wanted.topic
}

/** Sparkplug needs the node's births, whatever topic is asked for. */
function filtersOf(wanted: Wanted): readonly string[] {
  const filter = filterOf(wanted)
  const sparkplug = wanted.kind === 'metric' ? wanted.topic : parseSparkplugTopic(filter)
  return sparkplug?.kind === 'metrics' ? filtersOfNode(sparkplug) : [filter]
}

/** Of a node's devices only the one that was asked for. */
function belongs(address: string, wanted: Wanted): boolean {
  const asked = wanted.kind === 'all' ? parseSparkplugTopic(wanted.filter) : wanted.kind === 'metric' ? wanted.topic : undefined
  if (asked?.kind !== 'metrics') return true
  const { wanted: offered } = parseMqttAddress(address)
  return offered.kind === 'metric' && offered.topic.device === asked.device
}
