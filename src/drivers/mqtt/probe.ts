import type { Surroundings } from '../contract.js'
import type { Identity, ProbeReport } from '../probe-report.js'
import { addressOf, type Broker, lineOf, parseMqttAddress, type Wanted } from './address.js'
import { identityOfVersion } from './identity.js'
import { subscribeFault } from './line-fault.js'
import { Listener } from './listen.js'
import { filtersOfNode } from './sparkplug/filters.js'
import { parseSparkplugTopic, type SparkplugTopic } from './sparkplug/topic.js'
import { hasWildcard } from './topic.js'
import type { TopicSurvey } from './topic-survey.js'

const LISTEN_MS = 2500
const QUIET_MS = 1000
/** Births come when a node connects, and from careful ones again every few seconds; we ask for none. */
const BIRTHS_WAIT_MS = 6000
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
  // One plain topic says in its first message what it will always say.
  const isSaid = (): boolean => wanted.kind === 'field' && listener.survey.messages > 0
  await listener.listen({ limitMs: Math.max(LISTEN_MS, around.timeoutMs), quietMs: QUIET_MS, isEnough: isSaid })
  const isNamed = (): boolean => ![...listener.survey.nodes.values()].some(({ isUnnamed }) => isUnnamed)
  await listener.listen({ limitMs: BIRTHS_WAIT_MS, quietMs: BIRTHS_WAIT_MS, isEnough: isNamed })
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
  const [node, ...others] = survey.nodes.values()
  const only = all || others.length > 0 ? undefined : node
  const device = askedOf(wanted)?.device ?? null
  const { messages, topicCount, version } = survey
  const facts = {
    protocol,
    ...(version === undefined ? {} : { broker: version }),
    topics: String(topicCount),
    messages: String(messages),
    ...only?.factsOf(device),
  }
  const warnings =
    messages === 0 ? ['nothing was heard: perhaps the devices send seldom (listen longer with --timeout 30s)'] : survey.warnings
  return {
    device: {
      address,
      identity: all ? brokerIdentity(survey) : (only?.identityOf(device) ?? null),
      description: all ? describeBroker(survey) : only ? `Sparkplug B node ${only.group}/${only.node}` : 'topics of an MQTT broker',
      facts,
    },
    points: survey.points.filter((point) => belongs(point.address, wanted)),
    warnings,
  }
}

export function brokerIdentity({ version }: TopicSurvey): Identity | null {
  return version === undefined ? null : identityOfVersion(version)
}

export function describeBroker({ version }: TopicSurvey): string {
  return version === undefined ? 'MQTT broker' : `MQTT broker (${version})`
}

function filterOf(wanted: Wanted): string {
  if (wanted.kind === 'all') return wanted.filter
  return wanted.kind === 'metric' ? `spBv1.0/${wanted.topic.group}/+/${wanted.topic.node}/#` : wanted.topic
}

/** Sparkplug needs the node's births, whatever topic is asked for. */
function filtersOf(wanted: Wanted): readonly string[] {
  const asked = askedOf(wanted)
  return asked ? filtersOfNode(asked) : [filterOf(wanted)]
}

/** The Sparkplug node or device that a topic without wildcards names. */
function askedOf(wanted: Wanted): SparkplugTopic | undefined {
  if (wanted.kind === 'metric') return wanted.topic
  const topic = wanted.kind === 'all' && !hasWildcard(wanted.filter) ? parseSparkplugTopic(wanted.filter) : undefined
  return topic?.kind === 'metrics' ? topic : undefined
}

/** Of a node's devices only the one that was asked for. */
function belongs(address: string, wanted: Wanted): boolean {
  const asked = askedOf(wanted)
  if (!asked) return true
  const { wanted: offered } = parseMqttAddress(address)
  return offered.kind === 'metric' && offered.topic.device === asked.device
}
