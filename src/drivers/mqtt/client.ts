import type { Socket } from 'node:net'
import { type IClientOptions, MqttClient } from 'mqtt'
import { reasonOf } from '../../faults/fault.js'
import type { Surroundings } from '../contract.js'
import type { DriverFault } from '../fault.js'
import type { Broker } from './address.js'
import { abortedFault, handshakeFault } from './line-fault.js'
import { openSocket } from './socket.js'
import { within } from './within.js'

export interface OpenClient {
  readonly client: MqttClient
  readonly protocol: 'MQTT 5' | 'MQTT 3.1.1'
  /** Closes the socket; never rejects. */
  close(): Promise<void>
}

/** Bytes of one message; a broker that speaks MQTT 5 sends no larger one, from others we hang up. */
export const MAX_PACKET_BYTES = 16 << 20
/** Shorter than a broker that has died unseen may go unnoticed; costs two bytes each way. */
const KEEPALIVE_S = 10
/** What a broker keeps of a named session while we are away. */
const SESSION_EXPIRY_S = 86_400

/** Retained: said before we came, and kept by the broker. */
export type Delivery = 'live' | 'retained'
/** Called for each message; must not throw. */
export type OnMessage = (topic: string, payload: Buffer, delivery: Delivery) => void

type Refusal = { readonly fault: DriverFault; readonly speaksOlder: boolean }

/**
 * Connects and shakes hands: MQTT 5 first, 3.1.1 where the broker does not know that. Reads only: no will, nothing is published.
 * @throws DriverFault
 */
export async function openClient(broker: Broker, around: Surroundings, onMessage: OnMessage): Promise<OpenClient> {
  const newest = await shakeHands({ broker, around, onMessage, version: 5 })
  if ('client' in newest) return newest
  if (!newest.speaksOlder) throw newest.fault
  const older = await shakeHands({ broker, around, onMessage, version: 4 })
  if ('client' in older) return older
  throw older.fault
}

interface Attempt {
  readonly broker: Broker
  readonly around: Surroundings
  readonly onMessage: OnMessage
  readonly version: 4 | 5
}

async function shakeHands({ broker, around, onMessage, version }: Attempt): Promise<OpenClient | Refusal> {
  const socket = await openSocket(broker, around)
  const client = new MqttClient(() => socket, optionsOf(broker, around, version))
  limitPackets(client, socket)
  // From the start: a kept session delivers right behind the CONNACK.
  client.on('message', (topic, payload, packet) => onMessage(topic, payload, packet.retain ? 'retained' : 'live'))
  const answer = Promise.withResolvers<Refusal | undefined>()
  const onError = (thrown: unknown): void => answer.resolve(refusalOf(broker, thrown))
  // A broker of old may hang up on a version it does not know.
  const onClose = (): void => answer.resolve({ fault: handshakeFault(broker, undefined, { because: 'it hung up' }), speaksOlder: true })
  const onConnect = (): void => answer.resolve(undefined)
  // mqtt.js may emit more than one error; one without a listener would end the program.
  client.on('error', () => undefined)
  client.on('error', onError).on('close', onClose).on('connect', onConnect)
  const silent = (): DriverFault => handshakeFault(broker, undefined, { because: `no answer within ${around.timeoutMs} ms` })
  const refusal = await within(answer.promise, { around, late: silent, aborted: () => abortedFault(broker) }).catch(
    (thrown: unknown): Refusal => ({ fault: thrown as DriverFault, speaksOlder: false }),
  )
  client.off('error', onError).off('close', onClose).off('connect', onConnect)
  const close = (): Promise<void> => closeClient(client, socket)
  if (!refusal) return { client, protocol: version === 5 ? 'MQTT 5' : 'MQTT 3.1.1', close }
  await close()
  return refusal
}

function optionsOf(broker: Broker, around: Surroundings, protocolVersion: 4 | 5): IClientOptions {
  const { scheme, host, port, user, session } = broker
  const credentials = around.credentials?.({ scheme, host, port, user })
  const username = credentials?.user ?? user
  return {
    protocolVersion,
    // An empty id lets the broker choose one, for this connection only.
    clientId: session === null ? '' : `chatterfix-${session}`,
    clean: session === null,
    keepalive: KEEPALIVE_S,
    reconnectPeriod: 0,
    resubscribe: false,
    // Ours comes first; this one only must not fire later.
    connectTimeout: 2 * around.timeoutMs,
    ...(username === null ? {} : { username }),
    ...(credentials ? { password: credentials.password } : {}),
    ...(protocolVersion === 5
      ? { properties: { maximumPacketSize: MAX_PACKET_BYTES, ...(session === null ? {} : { sessionExpiryInterval: SESSION_EXPIRY_S }) } }
      : {}),
  }
}

/** mqtt.js collects a message of any length; hang up before one fills the memory. */
function limitPackets(client: MqttClient, socket: Socket): void {
  let unparsedBytes = 0
  socket.on('data', (chunk: Buffer) => {
    unparsedBytes += chunk.length
    if (unparsedBytes > MAX_PACKET_BYTES) socket.destroy()
  })
  client.on('message', () => {
    unparsedBytes = 0
  })
}

/** A refusal by code is the broker's last word, but for "unacceptable protocol version" (1, or 132 in MQTT 5). */
function refusalOf(broker: Broker, thrown: unknown): Refusal {
  const code = thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'number' ? thrown.code : undefined
  const speaksOlder = code === undefined || code === 1 || code === 132
  return { fault: handshakeFault(broker, code, { because: reasonOf(thrown), cause: thrown }), speaksOlder }
}

/** DISCONNECT without properties, the same bytes in every version. */
const DISCONNECT = Uint8Array.of(0xe0, 0)

async function closeClient(client: MqttClient, socket: Socket): Promise<void> {
  const closed = Promise.withResolvers<void>()
  if (socket.closed) closed.resolve()
  else socket.once('close', () => closed.resolve())
  // mqtt.js would wait for the far end to hang up, which a dead one never does.
  if (client.connected && socket.writable) socket.write(DISCONNECT)
  client.end(true)
  socket.destroy()
  await closed.promise
}
