import { DriverFault } from '../drivers/fault.js'
import { DRIVERS } from '../drivers/registry.js'
import { schemeOf } from '../readings/address.js'

/** Where to look. */
export type Scope =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'this-machine' }
  | { readonly kind: 'hosts'; readonly hosts: readonly string[]; readonly port: number | null }

/** Enough for a /20; more is a mistake more often than a wish. */
const MOST_HOSTS = 4096
const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '::1', 'this-machine'])

/**
 * Reads a scope: an address of a driver, `localhost` (every port that listens here), `serial` (its serial ports), a host, `host:port`, or a subnet `10.0.0.0/24`.
 * @throws DriverFault ADDRESS_INVALID
 */
export function parseScope(text: string): Scope {
  if (text === 'serial') return { kind: 'address', address: 'serial:///' }
  if (schemeOf(text) !== undefined) return { kind: 'address', address: text }
  if (THIS_MACHINE.has(text)) return { kind: 'this-machine' }
  const subnet = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d{1,2})$/.exec(text)
  if (subnet) return { kind: 'hosts', hosts: hostsOf(subnet.slice(1).map(Number), text), port: null }
  const named = hostAndPort(text)
  if (named) return { kind: 'hosts', hosts: [named.host], port: named.port }
  throw invalid(text, 'expected a host, host:port, a subnet such as 10.0.0.0/24, localhost, or an address')
}

/** `host` or `host:port`; undefined for what cannot be meant: a bare number, an address with a part above 255, an impossible port. */
function hostAndPort(text: string): { readonly host: string; readonly port: number | null } | undefined {
  const [, host, portText] = /^([\p{L}\p{N}._-]+)(?::(\d{1,5}))?$/u.exec(text) ?? []
  if (host === undefined || /^\d+$/.test(host)) return undefined
  if (/^\d+(\.\d+){3}$/.test(host) && host.split('.').some((byte) => Number(byte) > 255)) return undefined
  const port = portText === undefined ? null : Number(portText)
  return port === null || (port > 0 && port < 65_536) ? { host, port } : undefined
}

function hostsOf([a = 0, b = 0, c = 0, d = 0, bits = 32]: readonly number[], text: string): string[] {
  if ([a, b, c, d].some((byte) => byte > 255) || bits > 32) throw invalid(text, 'a part of the subnet is out of range')
  const size = 2 ** (32 - bits)
  if (size > MOST_HOSTS) throw invalid(text, `${size} hosts are more than ${MOST_HOSTS}; name a smaller subnet`)
  const base = Math.floor((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / size) * size
  const usable = size > 2 ? { first: 1, last: size - 2 } : { first: 0, last: size - 1 }
  return Array.from({ length: usable.last - usable.first + 1 }, (_, index) => dotted(base + usable.first + index))
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')
}

function invalid(text: string, because: string): DriverFault {
  return new DriverFault('ADDRESS_INVALID', {
    message: `'${text}' is no place to look`,
    because,
    advice: { scope: 'localhost', example: DRIVERS[0]?.example.split('/').slice(0, 3).join('/') ?? '' },
    retry: false,
  })
}
