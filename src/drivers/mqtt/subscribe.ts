import type { ISubscriptionGrant } from 'mqtt'
import { reasonOf } from '../../faults/fault.js'
import type { Surroundings } from '../contract.js'
import type { Broker } from './address.js'
import type { OpenClient } from './client.js'
import { abortedFault, lostFault } from './line-fault.js'
import { within } from './within.js'

/** So that one SUBSCRIBE stays small for brokers that limit packets. */
const FILTERS_A_PACKET = 200
/** SUBACK codes from here on are refusals. */
const FIRST_REFUSAL = 128

export interface Subscription {
  readonly broker: Broker
  readonly around: Surroundings
  readonly filters: readonly string[]
}

/**
 * Subscribes to filters.
 * @returns the filters that the broker refused.
 * @throws DriverFault CONNECTION_LOST where the line breaks or the broker stays silent meanwhile.
 */
export async function subscribe(open: OpenClient, { broker, around, filters }: Subscription): Promise<readonly string[]> {
  const refused: string[] = []
  for (let first = 0; first < filters.length; first += FILTERS_A_PACKET) {
    const part = filters.slice(first, first + FILTERS_A_PACKET)
    const codes = await subscribePart(open, { broker, around, filters: part })
    refused.push(...part.filter((_, i) => (codes[i] ?? 0) >= FIRST_REFUSAL))
  }
  return refused
}

/** @returns the codes of the SUBACK, one per filter. */
async function subscribePart({ client }: OpenClient, { broker, around, filters }: Subscription): Promise<readonly number[]> {
  const done = Promise.withResolvers<readonly number[]>()
  const onClose = (): void => done.reject(lostFault(broker, 'the broker hung up on the subscription'))
  if (!client.connected) throw lostFault(broker, 'the connection closed before the subscription')
  client.once('close', onClose)
  // One refused filter makes mqtt.js call all of them a failure; the codes in the packet tell them apart.
  client.subscribe(
    [...filters],
    { qos: broker.session === null ? 0 : 1 },
    (thrown: unknown, _: readonly ISubscriptionGrant[] | undefined, packet) => {
      if (packet) done.resolve(packet.granted as readonly number[])
      else done.reject(lostFault(broker, reasonOf(thrown)))
    },
  )
  const late = (): ReturnType<typeof lostFault> => lostFault(broker, `no answer to the subscription within ${around.timeoutMs} ms`)
  try {
    return await within(done.promise, { around, late, aborted: () => abortedFault(broker) })
  } finally {
    client.off('close', onClose)
  }
}
