import { isIPv4 } from 'node:net'
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import { invalid, parseModbusDevice } from './address.js'
import type { Target } from './medium.js'

export interface ScopeHost extends Target {
  /** Somebody named this very host; else it is one of a subnet or range. */
  readonly isNamed: boolean
}

/** Where to look: some hosts, and on them one unit or (null) all. */
export interface DiscoveryScope {
  readonly hosts: readonly ScopeHost[]
  readonly unit: number | null
  /** What was made of the words, where that is less than they say. */
  readonly notes: readonly string[]
}

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

/** A /20; larger scans are seldom meant. */
const MOST_HOSTS = 4096
/** Of an interface in a larger subnet only so much around its own address is searched. */
const NARROWED_PREFIX = 24

/**
 * Where to look:
 * - a host or one unit of it: `modbus-tcp://10.0.0.21`, `modbus-tcp://10.0.0.21/7`;
 * - a subnet: `modbus-tcp://10.0.0.0/24`, with a port `modbus-tcp://10.0.0.0:1502/24`. A number after an IPv4 address is a prefix length where it
 *   leaves only zeros behind it, else a unit;
 * - a list, each entry with a port of its own if need be: `modbus-tcp://10.0.0.21,10.0.0.40-45,plc-3:1502`;
 * - the subnet of an interface of this machine: `modbus-tcp://eth0`, `modbus-tcp://eth0:1502`.
 * @throws DriverFault ADDRESS_INVALID
 */
export function parseDiscoveryScope(text: string, interfaces: () => Interfaces = networkInterfaces): DiscoveryScope {
  const list = /^([^:/]+:\/\/)([^/?]*,[^/?]*)(.*)$/.exec(text)
  if (list) return listed(text, list.slice(1) as [string, string, string])
  const { host, port, unit } = parseModbusDevice(text)
  if (unit === null) {
    const own = interfaces()[host]
    if (own) return subnetsOf(text, host, { port, own })
  }
  const network = isIPv4(host) ? numberOf(host) : undefined
  if (network === undefined || unit === null || unit < 1 || unit > 32 || !isNetwork(network, unit))
    return { hosts: [{ host, port, isNamed: true }], unit, notes: [] }
  return { hosts: hostsOf(text, { network, prefix: unit, port }), unit: null, notes: [] }
}

function listed(text: string, [scheme, names, rest]: readonly [string, string, string]): DiscoveryScope {
  const devices = names.split(',').flatMap((name) => {
    const range = rangeOf(text, name)
    return range.map((one) => ({ ...parseModbusDevice(`${scheme}${one}${rest}`), isNamed: range.length === 1 }))
  })
  if (devices.length > MOST_HOSTS) throw invalid(text, `it names ${devices.length} hosts; at most ${MOST_HOSTS} are searched at a time`)
  const hosts = new Map(devices.map(({ host, port, isNamed }) => [`${host}:${port}`, { host, port, isNamed }]))
  return { hosts: [...hosts.values()], unit: devices[0]?.unit ?? null, notes: [] }
}

/** `10.0.0.40-45` and `10.0.0.40-45:1502` are six hosts; any other name is itself. */
function rangeOf(text: string, name: string): readonly string[] {
  const [, stem, from, to, port = ''] = /^(\d+\.\d+\.\d+\.)(\d+)-(\d+)(:\d+)?$/.exec(name) ?? []
  if (stem === undefined) return [name]
  const [first, last] = [Number(from), Number(to)]
  if (first > last || last > 255) throw invalid(text, `'${name}' is no range of hosts`)
  return Array.from({ length: last - first + 1 }, (_, index) => `${stem}${first + index}${port}`)
}

interface OwnAddresses {
  readonly port: number
  readonly own: readonly NetworkInterfaceInfo[]
}

function subnetsOf(text: string, name: string, { port, own }: OwnAddresses): DiscoveryScope {
  const notes: string[] = []
  const hosts = own.flatMap(({ family, cidr }) => {
    const [address, prefixText] = cidr?.split('/') ?? []
    if (family !== 'IPv4' || address === undefined) return []
    const stated = Number(prefixText)
    const prefix = 2 ** (32 - stated) > MOST_HOSTS ? NARROWED_PREFIX : stated
    const network = numberOf(address) - (numberOf(address) % 2 ** (32 - prefix))
    if (prefix !== stated) notes.push(`${name} has ${address}/${stated}; only ${textOf(network)}/${prefix} is searched`)
    return hostsOf(text, { network, prefix, port })
  })
  if (hosts.length === 0) throw invalid(text, `the interface ${name} has no IPv4 address`)
  return { hosts, unit: null, notes }
}

function hostsOf(text: string, subnet: { readonly network: number; readonly prefix: number; readonly port: number }): readonly ScopeHost[] {
  const { network, prefix, port } = subnet
  const size = 2 ** (32 - prefix)
  if (size > MOST_HOSTS) throw invalid(text, `a /${prefix} has ${size} addresses; at most ${MOST_HOSTS} (/20) are searched at a time`)
  // The first and last address of a subnet are its own name and its broadcast, never a host.
  const [first, count] = size > 2 ? [network + 1, size - 2] : [network, size]
  return Array.from({ length: count }, (_, index) => ({ host: textOf(first + index), port, isNamed: false }))
}

function isNetwork(address: number, prefix: number): boolean {
  return prefix < 32 && address % 2 ** (32 - prefix) === 0
}

function numberOf(host: string): number {
  return host.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

function textOf(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')
}
