import { reasonOf } from '../../faults/fault.js'
import { DriverFault } from '../fault.js'
import { type Broker, lineOf } from './address.js'

type Facts = Pick<DriverFault['facts'], 'because' | 'cause'>

const UNREACHABLE = new Set([
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ETIMEDOUT',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
])
/** OpenSSL's verdicts on a certificate, as Node names them. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT_ALTNAME_INVALID/
/** CONNACK codes of 3.1.1 (4, 5) and reason codes of 5.0: authorised by nobody, or banned. */
const AUTH_CODES = new Set([4, 5, 134, 135, 138, 140])

/** Why a socket could not be opened. */
export function socketFault(broker: Broker, thrown: unknown): DriverFault {
  const code = codeOf(thrown)
  const facts = { because: reasonOf(thrown), cause: thrown }
  const place = `${broker.host}:${broker.port}`
  if (code === 'ECONNREFUSED') return fault('PORT_CLOSED', broker, { message: `nothing listens on ${place}`, retry: true, ...facts })
  if (UNREACHABLE.has(code))
    return fault('HOST_UNREACHABLE', broker, { message: `${broker.host} cannot be reached`, retry: true, ...facts })
  if (broker.scheme === 'mqtts' && UNTRUSTED.test(code)) {
    return fault('MQTT_TLS_UNTRUSTED', broker, { message: `the certificate of ${place} is not to be trusted`, retry: false, ...facts })
  }
  return fault('MQTT_NOT_SPOKEN', broker, {
    message: `${place} does not speak ${broker.scheme === 'mqtts' ? 'TLS' : 'MQTT'}`,
    retry: true,
    ...facts,
  })
}

export function unreachableFault(broker: Broker, timeoutMs: number): DriverFault {
  return fault('HOST_UNREACHABLE', broker, {
    message: `${broker.host}:${broker.port} did not accept a connection within ${timeoutMs} ms`,
    retry: true,
  })
}

/** Why a broker did not let us in, or nobody there speaks MQTT. `code` is that of the CONNACK, where one came. */
export function handshakeFault(broker: Broker, code: number | undefined, facts: Facts): DriverFault {
  const place = `${broker.host}:${broker.port}`
  if (code === undefined) return fault('MQTT_NOT_SPOKEN', broker, { message: `${place} does not answer in MQTT`, retry: true, ...facts })
  if (AUTH_CODES.has(code))
    return fault('MQTT_AUTH_FAILED', broker, { message: `the broker on ${place} does not let us in`, retry: false, ...facts })
  return fault('MQTT_REFUSED', broker, { message: `the broker on ${place} refused the connection`, retry: true, ...facts })
}

export function subscribeFault(broker: Broker, topic: string, because: string): DriverFault {
  return fault('MQTT_SUBSCRIBE_REFUSED', broker, {
    message: `the broker on ${broker.host}:${broker.port} does not let us listen to '${topic.slice(0, 200)}'`,
    because,
    advice: { topic: topic.slice(0, 200) },
    retry: false,
  })
}

export function lostFault(broker: Broker, because: string): DriverFault {
  return fault('CONNECTION_LOST', broker, {
    message: `the connection to the broker on ${broker.host}:${broker.port} broke`,
    because,
    retry: true,
  })
}

/** Somebody ended the run while we were connecting. */
export function abortedFault(broker: Broker): DriverFault {
  return fault('INTERRUPTED', broker, { message: `ended while connecting to ${broker.host}:${broker.port}`, retry: false })
}

function fault(code: DriverFault['code'], broker: Broker, facts: ConstructorParameters<typeof DriverFault>[1]): DriverFault {
  const address = lineOf(broker)
  const other = { ...broker, scheme: broker.scheme === 'mqtts' ? ('mqtt' as const) : ('mqtts' as const) }
  const advice = { address, host: broker.host, otherWay: lineOf(other), ...facts.advice }
  return new DriverFault(code, { where: { broker: address }, ...facts, advice })
}

function codeOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return codeOf(thrown.errors[0])
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
}
