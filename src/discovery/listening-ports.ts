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

/**
 * TCP ports that listen on this machine's loopback, ascending, without those that discovery leaves alone.
 * From the kernel's table on Linux, from netstat elsewhere; empty where neither tells.
 */
export async function listeningPorts(): Promise<readonly number[]> {
  const ports = process.platform === 'linux' ? await portsFromProc() : await portsFromNetstat()
  return [...new Set(ports)].filter((port) => !LEFT_ALONE.has(port)).sort((a, b) => a - b)
}

async function portsFromProc(): Promise<number[]> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')))
  return tables
    .flatMap((table) => table.split('\n').slice(1))
    .flatMap((row) => {
      const [, local = '', , state] = row.trim().split(/\s+/)
      return state === LISTEN ? [Number.parseInt(local.split(':')[1] ?? '', 16)] : []
    })
}

async function portsFromNetstat(): Promise<number[]> {
  const { stdout } = await promisify(execFile)('netstat', ['-an'], { timeout: 5000 }).catch(() => ({ stdout: '' }))
  return stdout.split('\n').flatMap((row) => {
    const port = /^\s*tcp\S*\s.*?[.:](\d+)\s.*LISTEN/i.exec(row)?.[1]
    return port === undefined ? [] : [Number(port)]
  })
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
