import type { Finding, Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import type { Identity } from '../probe-report.js'
import { formatOpcUaAddress, type OpcUaAddress } from './address.js'
import { chooseEndpoint, describeOffers, type OfferedEndpoint } from './endpoint-choice.js'
import { type ListedServer, listEndpoints, listServers } from './library.js'
import { readServerFacts } from './server-facts.js'
import type { ServerLink } from './server-link.js'
import { connectOpenly, logIn } from './session.js'

export interface ExaminedServer {
  readonly finding: Finding
  /** Other servers on the same host that it knows of (a discovery server does). */
  readonly others: readonly OpcUaAddress[]
}

const MOST_OTHERS = 20

/** Asks a server who it is, which ways in it offers and whom else it knows. Reads its build information where anybody may. */
export async function examineServer(server: OpcUaAddress, around: Surroundings): Promise<ExaminedServer> {
  await using link = await connectOpenly(server, around)
  const offers = await link.ask('GetEndpoints', () => listEndpoints(link.client))
  const listed = await link.ask('FindServers', () => listServers(link.client)).catch(onlyRefusals)
  const address = { ...server, path: pathOf(offers, server) }
  const own = listed.find(({ urls }) => urls.some((url) => partsOf(url)?.port === server.port)) ?? listed[0]
  const identity = await identify(link, offers, around)
  const others = othersOf(listed, server)
  if (own?.isDiscoveryServer) return { finding: findingOf(address, offers, identity, `OPC UA discovery server ${own.name}`), others }
  const words = identity ? [identity.maker, identity.model, identity.revision].filter((part) => part !== null).join(' ') : ''
  return { finding: findingOf(address, offers, identity, words || own?.name || 'OPC UA server'), others }
}

async function identify(link: ServerLink, offers: readonly OfferedEndpoint[], around: Surroundings): Promise<Identity | null> {
  const choice = chooseEndpoint(offers, 'anonymous')
  // An encrypted session would need trust in its certificate first; discovery decides no such thing.
  if (choice.kind === 'refused' || choice.endpoint.mode !== 'None') return null
  try {
    const opened = await logIn(link, choice.endpoint, undefined)
    return (await readServerFacts(opened, around)).identity
  } catch (thrown) {
    if (thrown instanceof DriverFault && thrown.code === 'INTERRUPTED') throw thrown
    return null
  }
}

function findingOf(address: OpcUaAddress, offers: readonly OfferedEndpoint[], identity: Identity | null, what: string): Finding {
  const isOpen = identity !== null
  return {
    address: formatOpcUaAddress(address),
    description: isOpen ? what : `${what}, offers ${describeOffers(offers)}`,
    access: isOpen ? 'open' : 'permission-denied',
    confidence: 1,
    identity,
    evidence: `answered GetEndpoints: ${describeOffers(offers)}`,
    safety: 'identify',
  }
}

/** The path of its endpoints; host and port stay those that we reached, as a server often knows itself by another name. */
function pathOf(offers: readonly OfferedEndpoint[], server: OpcUaAddress): readonly string[] {
  const paths = offers.flatMap(({ url }) => partsOf(url)?.path ?? [])
  const asked = `/${server.path.join('/')}`
  const path = server.path.length > 0 && paths.includes(asked) ? asked : (paths[0] ?? asked)
  return path === '/' ? [] : path.slice(1).split('/')
}

/** Servers on other ports of the host that we reached; we do not follow names to other machines. */
function othersOf(listed: readonly ListedServer[], server: OpcUaAddress): readonly OpcUaAddress[] {
  const others = new Map<number, OpcUaAddress>()
  for (const url of listed.flatMap(({ urls }) => urls)) {
    const parts = partsOf(url)
    if (!parts || parts.port === server.port) continue
    others.set(parts.port, { ...server, port: parts.port, path: parts.path === '/' ? [] : parts.path.slice(1).split('/') })
  }
  return [...others.values()].slice(0, MOST_OTHERS)
}

function partsOf(url: string): { readonly port: number; readonly path: string } | undefined {
  const match = /^opc\.tcp:\/\/(?:\[[^\]]*\]|[^:/?#]*)(?::(\d{1,5}))?(\/[^?#]*)?/i.exec(url)
  if (!match) return undefined
  return { port: Number(match[1] ?? 4840), path: (match[2] ?? '/').slice(0, 500) }
}

function onlyRefusals(thrown: unknown): readonly ListedServer[] {
  if (thrown instanceof DriverFault && thrown.code === 'OPCUA_REFUSED') return []
  throw thrown
}
