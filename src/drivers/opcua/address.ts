import { reasonOf } from '../../faults/fault.js'
import { type Address, formatAddress, parseAddress } from '../../readings/address.js'
import { DriverFault } from '../fault.js'
import { formatNodeReference, type NodeReference, parseNodeReference } from './node-reference.js'

export const OPCUA_PORT = 4840
export const OPCUA_EXAMPLE = 'opc.tcp://10.0.0.9:4840/?node=ns=2;s=Pump247.Temperature'

/** What an OPC UA address means. Without `node` it is the server. */
export interface OpcUaAddress {
  readonly user: string | null
  readonly host: string
  readonly port: number
  readonly path: readonly string[]
  readonly node: NodeReference | null
  /** Which element of an array; null: the value itself. */
  readonly index: number | null
  readonly as: 'value' | 'waveform'
  /** Samples per second where the address states it; null: the server says. */
  readonly rateHz: number | null
  /** `unit`, `kind`, `every`, `name`: they belong to the layer above and pass through. */
  readonly rest: ReadonlyMap<string, string>
}

const FOREIGN = new Set(['unit', 'kind', 'every', 'name'])
const OURS = new Set(['node', 'index', 'as', 'rate'])

/** @throws DriverFault ADDRESS_INVALID that says which part is wrong. */
export function parseOpcUaAddress(text: string): OpcUaAddress {
  const address = readAddress(text)
  const { query, host } = address
  if (address.scheme !== 'opc.tcp') throw invalid(text, `its scheme is '${address.scheme}', not 'opc.tcp'`)
  if (host === '') throw invalid(text, 'it names no host')
  const strange = [...query.keys()].find((name) => !OURS.has(name) && !FOREIGN.has(name))
  if (strange !== undefined) throw invalid(text, `'${strange}' means nothing here; known are ${[...OURS, ...FOREIGN].join(', ')}`)
  const node = readNode(text, query.get('node'))
  const as = query.get('as') ?? 'value'
  if (as !== 'value' && as !== 'waveform') throw invalid(text, `'as' is '${as}'; it can be waveform or left out`)
  const index = readNumber(text, 'index', query.get('index'), /^\d{1,9}$/)
  const rateHz = readNumber(text, 'rate', query.get('rate'), /^\d{1,9}(\.\d{1,9})?$/)
  if (!node && [...OURS].some((name) => query.has(name))) throw invalid(text, 'it names a way to read, but no node')
  if (as === 'waveform' && index !== null) throw invalid(text, 'a waveform has no index')
  if (rateHz !== null && (as !== 'waveform' || rateHz <= 0)) throw invalid(text, 'rate is the sample rate of a waveform in Hz, above 0')
  const rest = new Map([...query].filter(([name]) => FOREIGN.has(name)))
  return { user: address.user, host, port: address.port ?? OPCUA_PORT, path: pathOf(address), node, index, as, rateHz, rest }
}

/** Prints an address so that `parseOpcUaAddress` gives the same one back. */
export function formatOpcUaAddress({ user, host, port, path, node, index, as, rateHz, rest }: OpcUaAddress): string {
  const query = new Map<string, string>()
  if (node) query.set('node', formatNodeReference(node))
  if (index !== null) query.set('index', String(index))
  if (as === 'waveform') query.set('as', as)
  if (rateHz !== null) query.set('rate', String(rateHz))
  return formatAddress({ scheme: 'opc.tcp', user, host, port, path: path.length === 0 ? [''] : path, query: new Map([...query, ...rest]) })
}

/** The server that an address is about, without what is read there. */
export function serverOf({ user, host, port, path }: OpcUaAddress): OpcUaAddress {
  return { user, host, port, path, node: null, index: null, as: 'value', rateHz: null, rest: new Map() }
}

/** The URL that goes over the wire: no user, no query. */
export function endpointUrlOf({ host, port, path }: OpcUaAddress): string {
  const shown = host.includes(':') ? `[${host}]` : host
  return `opc.tcp://${shown}:${port}/${path.map(encodeURIComponent).join('/')}`
}

function readAddress(text: string): Address {
  try {
    return parseAddress(text)
  } catch (thrown) {
    throw invalid(text, reasonOf(thrown))
  }
}

function readNode(text: string, node: string | undefined): NodeReference | null {
  if (node === undefined) return null
  const reference = parseNodeReference(node)
  if (!reference) throw invalid(text, `'${node}' is no node: expected ns=2;s=Name, ns=2;i=7 or nsu=URI;s=Name`)
  return reference
}

function readNumber(text: string, name: string, value: string | undefined, shape: RegExp): number | null {
  if (value === undefined) return null
  if (!shape.test(value)) throw invalid(text, `${name} is '${value}', not a number`)
  return Number(value)
}

/** `opc.tcp://host` and `opc.tcp://host/` are the same server. */
function pathOf({ path }: Address): readonly string[] {
  return path.length === 1 && path[0] === '' ? [] : path
}

function invalid(address: string, why: string): DriverFault {
  return new DriverFault('ADDRESS_INVALID', {
    message: `the OPC UA address '${address.slice(0, 200)}' cannot be understood: ${why}`,
    where: { address },
    advice: { address, scope: 'localhost', example: OPCUA_EXAMPLE },
    retry: false,
  })
}
