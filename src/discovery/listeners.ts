import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { promisify } from 'node:util'

const LISTEN = '0A'

/**
 * Never spoken to: remote logins, mail, name service, web, databases, and printers that put on paper whatever arrives (9100–9107).
 */
const LEFT_ALONE = new Set([
  22,
  23,
  25,
  53,
  80,
  111,
  139,
  443,
  445,
  587,
  631,
  993,
  1433,
  3306,
  3389,
  5432,
  5900,
  6379,
  9090,
  27017,
  ...range(9100, 9107),
  9229,
])

/** A TCP socket of this machine that listens. */
export interface Listener {
  /** Where to knock: the address that it is bound to, or loopback where it takes all. */
  readonly host: string
  readonly port: number
}

const TAKES_ALL = new Set(['0.0.0.0', '::', '*'])

/**
 * What listens on this machine, by port, without the ports that discovery leaves alone; one address a port, loopback before others.
 * From the kernel's table on Linux, from netstat elsewhere; empty where neither tells.
 */
export async function listeners(): Promise<readonly Listener[]> {
  const all = process.platform === 'linux' ? await listenersFromProc() : await listenersFromNetstat()
  const known = new Map<number, Listener>()
  for (const { host, port } of all.map(reachable)) {
    if (!LEFT_ALONE.has(port) && (!known.has(port) || host === '127.0.0.1')) known.set(port, { host, port })
  }
  return [...known.values()].sort((a, b) => a.port - b.port)
}

function reachable({ host, port }: Listener): Listener {
  return { host: TAKES_ALL.has(host) ? '127.0.0.1' : host, port }
}

async function listenersFromProc(): Promise<Listener[]> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')))
  return tables
    .flatMap((table) => table.split('\n').slice(1))
    .flatMap((row) => {
      const [, local = '', , state] = row.trim().split(/\s+/)
      const [address = '', port = ''] = local.split(':')
      return state === LISTEN ? [{ host: addressOfHex(address), port: Number.parseInt(port, 16) }] : []
    })
}

/** The kernel prints 32-bit words in the machine's order (little-endian on every machine that Node runs on). */
export function addressOfHex(hex: string): string {
  const words = hex.match(/.{8}/g) ?? []
  const bytes = words.flatMap((word) => (word.match(/../g) ?? []).toReversed().map((byte) => Number.parseInt(byte, 16)))
  if (bytes.length === 4) return bytes.join('.')
  if (bytes.every((byte) => byte === 0)) return '::'
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff
  if (isMapped) return bytes.slice(12).join('.')
  const groups = Array.from({ length: 8 }, (_, index) => (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16))
  return bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1 ? '::1' : groups.join(':')
}

async function listenersFromNetstat(): Promise<Listener[]> {
  const { stdout } = await promisify(execFile)('netstat', ['-an'], { timeout: 5000 }).catch(() => ({ stdout: '' }))
  return stdout.split('\n').flatMap((row) => {
    const [, host, port] = /^\s*tcp\S*\s+(?:\d+\s+\d+\s+)?(\S*?)[.:](\d+)\s.*LISTEN/i.exec(row) ?? []
    return port === undefined ? [] : [{ host: (host ?? '').replace(/^\[|\]$/g, '') || '*', port: Number(port) }]
  })
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
