import type { Identity } from '../probe-report.js'
import type { ModbusLine } from './exchange.js'
import { IDENTIFICATION_OBJECTS, identificationRequest, parseIdentification, parseServerId, serverIdRequest } from './identification-pdu.js'
import { PduError } from './pdu.js'
import type { Asking } from './read-span.js'

/** Who a unit says it is, and by which function it said so. */
export interface SelfDescription {
  readonly identity: Identity | null
  readonly how: 'function 43/14' | 'function 17' | null
  /** Every object it told, by the name that the specification gives it. */
  readonly facts: Readonly<Record<string, string>>
}

/** Continued answers of 43/14 that are followed; a device with more is going round in circles. */
const MOST_PARTS = 16
const LONGEST_TEXT = 128

/**
 * Asks a unit who it is: function 43/14, else function 17. A unit that tells nothing is no fault.
 * @throws DriverFault CONNECTION_LOST
 */
export async function identifyUnit(client: ModbusLine, asking: Asking): Promise<SelfDescription> {
  const objects = (await readObjects(client, asking, 2)) ?? (await readObjects(client, asking, 1))
  if (objects && objects.size > 0) return { how: 'function 43/14', ...describeObjects(objects) }
  const serverId = await readServerId(client, asking)
  if (serverId) return { how: 'function 17', identity: { maker: null, model: serverId, revision: null }, facts: { ServerId: serverId } }
  return { identity: null, how: null, facts: {} }
}

/** Maker, product and revision in one line, e.g. `Acme PX-7 2.1`; empty where none of them is known. */
export function labelOf(identity: Identity | null): string {
  return [identity?.maker, identity?.model, identity?.revision]
    .filter((part) => part !== null && part !== undefined && part !== '')
    .join(' ')
}

/** Basic, regular and extended objects of function 43/14; asking for one level may bring those below it or not. */
export const IDENTIFICATION_LEVELS = [1, 2, 3] as const

/** Null where the unit refuses, stays silent or stammers at the first part. */
export async function readObjects(
  client: ModbusLine,
  asking: Asking,
  level: (typeof IDENTIFICATION_LEVELS)[number],
): Promise<ReadonlyMap<number, string> | null> {
  const objects = new Map<number, string>()
  let from = 0
  for (let part = 0; part < MOST_PARTS; part++) {
    const exchange = await client.ask({ ...asking, pdu: identificationRequest(level, from) })
    const parsed = exchange.kind === 'reply' ? parseOrNull(() => parseIdentification(exchange.pdu)) : null
    if (!parsed) return objects.size > 0 ? objects : null
    for (const [id, text] of parsed.objects) objects.set(id, text.slice(0, LONGEST_TEXT))
    if (parsed.next === null || parsed.next <= from) return objects
    from = parsed.next
  }
  return objects
}

async function readServerId(client: ModbusLine, asking: Asking): Promise<string | null> {
  const exchange = await client.ask({ ...asking, pdu: serverIdRequest() })
  if (exchange.kind !== 'reply') return null
  return parseOrNull(() => parseServerId(exchange.pdu))?.slice(0, LONGEST_TEXT) ?? null
}

function describeObjects(objects: ReadonlyMap<number, string>): Pick<SelfDescription, 'identity' | 'facts'> {
  const text = (id: number): string | null => objects.get(id) || null
  const facts = Object.fromEntries([...objects].map(([id, value]) => [IDENTIFICATION_OBJECTS[id] ?? `Object${id}`, value]))
  return { identity: { maker: text(0), model: text(5) ?? text(4) ?? text(1), revision: text(2) }, facts }
}

function parseOrNull<T>(parse: () => T): T | null {
  try {
    return parse()
  } catch (thrown) {
    if (thrown instanceof PduError) return null
    throw thrown
  }
}
