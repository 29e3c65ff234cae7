import { isIPv4 } from 'node:net'
import { invalid, parseModbusDevice } from './address.js'
import type { Target } from './medium.js'

/** Where to look: some hosts, and on them one unit or (null) all. */
export interface DiscoveryScope {
  readonly hosts: readonly Target[]
  readonly unit: number | null
}

/** A /20; larger scans are seldom meant. */
const MOST_HOSTS = 4096

/**
 * A host, one unit of it, or a subnet: `modbus-tcp://10.0.0.0/24`, with a port `modbus-tcp://10.0.0.0:1502/24`.
 * A number after an IPv4 address is a prefix length where it leaves only zeros behind it (10.0.0.0/24), else a unit (10.0.0.21/7).
 * @throws DriverFault ADDRESS_INVALID
 */
export function parseDiscoveryScope(text: string): DiscoveryScope {
  const { host, port, unit } = parseModbusDevice(text)
  const network = isIPv4(host) ? numberOf(host) : undefined
  if (network === undefined || unit === null || unit < 1 || unit > 32 || !isNetwork(network, unit)) return { hosts: [{ host, port }], unit }
  const size = 2 ** (32 - unit)
  if (size > MOST_HOSTS) throw invalid(text, `a /${unit} has ${size} addresses; at most ${MOST_HOSTS} (/20) are searched at a time`)
  // The first and last address of a subnet are its own name and its broadcast, never a host.
  const [first, count] = size > 2 ? [network + 1, size - 2] : [network, size]
  return { hosts: Array.from({ length: count }, (_, index) => ({ host: textOf(first + index), port })), unit: null }
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
