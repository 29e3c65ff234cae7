import { type OpenClient, openClient } from '../../drivers/mqtt/client.js'
import { reasonOf } from '../../faults/fault.js'
import type { Sink } from '../contract.js'
import { DeliveryError, type FarEnd } from '../spool/far-end.js'
import { createSpoolingSink } from '../spool/spooling-sink.js'
import type { SinkSurroundings } from '../surroundings.js'
import { messagesOf } from './messages.js'
import { type MqttTarget, parseMqttTarget } from './mqtt-target.js'
import { Outbox } from './outbox.js'

/** Publishes readings at QoS 1 to a broker (README.md). */
export function createMqttSink(address: string, around: SinkSurroundings): Sink {
  const target = parseMqttTarget(address)
  const { name, waveforms } = target
  return createSpoolingSink({ name, waveforms, farEnd: new BrokerEnd(target, around), around })
}

/** Messages on their way at a time; what brokers take at least without saying so (mosquitto: 20). */
const IN_FLIGHT = 16
/** A broker that is busy takes its time; one that has died shows by the keep-alive. */
const PATIENCE_MS = 20_000

class BrokerEnd implements FarEnd {
  readonly #target: MqttTarget
  readonly #around: SinkSurroundings
  #open: OpenClient | null = null
  #outbox: Outbox | null = null

  constructor(target: MqttTarget, around: SinkSurroundings) {
    this.#target = target
    this.#around = around
  }

  async deliver(parcels: Parameters<FarEnd['deliver']>[0], signal: AbortSignal): Promise<void> {
    // The same parcels again: what the broker has taken of them is not sent twice.
    const outbox = this.#outbox?.parcels === parcels ? this.#outbox : new Outbox(parcels)
    this.#outbox = outbox
    outbox.rewind(messagesOf(parcels, this.#target.prefix))
    const { client } = (this.#open ??= await this.#connect(signal))
    const broken = Promise.withResolvers<never>()
    const onClose = (): void => broken.reject(new DeliveryError('unreachable', 'the connection broke'))
    const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)])
    client.once('close', onClose)
    limit.addEventListener('abort', onClose, { once: true })
    if (!client.connected || limit.aborted) onClose()
    broken.promise.catch(() => undefined)
    try {
      const senders = Array.from({ length: IN_FLIGHT }, () => this.#publishAll(client, outbox))
      await Promise.race([Promise.all(senders), broken.promise])
    } catch (thrown) {
      // What is on its way is sent again on the next connection.
      await this.close()
      throw deliveryErrorOf(thrown)
    } finally {
      client.off('close', onClose)
      limit.removeEventListener('abort', onClose)
    }
  }

  async close(): Promise<void> {
    const open = this.#open
    this.#open = null
    await open?.close()
  }

  async #connect(signal: AbortSignal): Promise<OpenClient> {
    const { scheme, host, port, user } = this.#target
    try {
      return await openClient({ scheme, host, port, user, session: null }, { ...this.#around, signal }, () => undefined)
    } catch (thrown) {
      const isFinal = (thrown as { retry?: unknown }).retry === false && !signal.aborted
      throw new DeliveryError(isFinal ? 'refused' : 'unreachable', reasonOf(thrown))
    }
  }

  /** Several at a time draw from the same messages; each sensor's stay in order, as one connection keeps them. */
  async #publishAll(client: OpenClient['client'], outbox: Outbox): Promise<void> {
    for (let next = outbox.next(); next !== null; next = outbox.next()) {
      const { topic, payload, isBlock } = next.message
      await client.publishAsync(topic, payload, { qos: 1, retain: this.#target.retain === 'yes' && !isBlock })
      outbox.acknowledge(next.number)
    }
  }
}

/** Reason codes of a PUBACK, MQTT 5.0, 3.4.2.1. */
const NOT_AUTHORISED = 135
const UNACCEPTABLE = new Set([144, 149, 153])

function deliveryErrorOf(thrown: unknown): DeliveryError {
  if (thrown instanceof DeliveryError) return thrown
  const code = (thrown as { code?: unknown }).code
  if (code === NOT_AUTHORISED) return new DeliveryError('refused', `the broker does not let us publish there: ${reasonOf(thrown)}`)
  const isForever = typeof code === 'number' && UNACCEPTABLE.has(code)
  return new DeliveryError(isForever ? 'unacceptable' : 'unreachable', reasonOf(thrown))
}
