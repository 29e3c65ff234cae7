import { parseAddress } from '../../readings/address.js'
import type { Finding, Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { addressOf, type Broker, DEFAULT_PORT, lineOf, parseMqttAddress } from './address.js'
import { Listener } from './listen.js'
import { brokerIdentity, describeBroker } from './probe.js'
import type { NodeSurvey } from './sparkplug/node-survey.js'

/** A retained topic comes right behind the subscription. */
const VERSION_WAIT_MS = 300
const NODES_LISTEN_MS = 1500

/**
 * Brokers on a host, and the Sparkplug nodes heard there in a second and a half. One connection per port; sends CONNECT and
 * SUBSCRIBE, nothing else.
 *
 * @throws DriverFault of the first port where no port of the host speaks MQTT: who named this protocol wants to know why there is none.
 */
export async function* discoverBrokers(scope: string, around: Surroundings): AsyncGenerator<Finding> {
  const brokers = brokersOf(scope)
  const faults: DriverFault[] = []
  for (const broker of brokers) {
    if (around.signal.aborted) return
    try {
      yield* discoverBroker(broker, around)
    } catch (thrown) {
      if (!(thrown instanceof DriverFault)) throw thrown
      const locked = lockedFinding(broker, thrown)
      if (locked) yield locked
      else faults.push(thrown)
    }
  }
  const [first] = faults
  if (first && faults.length === brokers.length && !around.signal.aborted) throw first
}

/** Without a port both usual ones are tried. */
function brokersOf(scope: string): readonly Broker[] {
  const { broker } = parseMqttAddress(scope)
  if (parseAddress(scope.replaceAll('#', '%23')).port !== null || broker.scheme === 'mqtts') return [broker]
  return [broker, { ...broker, scheme: 'mqtts', port: DEFAULT_PORT.mqtts }]
}

async function* discoverBroker(broker: Broker, around: Surroundings): AsyncGenerator<Finding> {
  await using listener = await Listener.open({ broker, around })
  const { survey, protocol } = listener
  await listener.subscribe(['$SYS/broker/version'])
  await listener.listen({ limitMs: VERSION_WAIT_MS, quietMs: VERSION_WAIT_MS, isEnough: () => survey.version !== undefined })
  yield {
    address: lineOf(broker),
    description: `${describeBroker(survey)}, ${protocol}`,
    access: 'open',
    confidence: 1,
    identity: brokerIdentity(survey),
    evidence: `answered a CONNECT in ${protocol}`,
    safety: 'identify',
  }
  if (around.signal.aborted) return
  await listener.subscribe(['spBv1.0/#'])
  await listener.listen({ limitMs: NODES_LISTEN_MS, quietMs: NODES_LISTEN_MS })
  for (const node of survey.nodes.values()) yield nodeFinding(broker, node)
}

function nodeFinding(broker: Broker, survey: NodeSurvey): Finding {
  const { group, node, devices, hasBirth, isDead } = survey
  const below = devices.size === 0 ? '' : ` with ${devices.size === 1 ? 'device' : 'devices'} ${[...devices].slice(0, 5).join(', ')}`
  return {
    address: addressOf(broker, `spBv1.0/${group}/+/${node}/#`, new Map()),
    description: `Sparkplug B node ${group}/${node}${below}${isDead ? ', dead' : ''}`,
    access: 'open',
    confidence: hasBirth ? 1 : 0.9,
    identity: survey.identityOf(null),
    evidence: hasBirth ? 'its birth certificate was heard' : 'its messages were heard',
    safety: 'passive',
  }
}

/** A broker that does not let us in is shown; what does not speak MQTT is not. */
function lockedFinding(broker: Broker, { code, facts }: DriverFault): Finding | undefined {
  const shown = {
    address: lineOf(broker),
    access: 'permission-denied' as const,
    identity: null,
    evidence: facts.because ?? facts.message,
    safety: 'identify' as const,
  }
  switch (code) {
    case 'MQTT_AUTH_FAILED':
      return { ...shown, description: 'MQTT broker that wants credentials', confidence: 1 }
    case 'MQTT_REFUSED':
      return { ...shown, description: 'MQTT broker that refuses the connection', confidence: 1 }
    case 'MQTT_TLS_UNTRUSTED':
      return { ...shown, description: 'TLS server, perhaps an MQTT broker, whose certificate is not trusted', confidence: 0.5 }
    default:
      return undefined
  }
}
