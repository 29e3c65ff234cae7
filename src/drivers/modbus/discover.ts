import type { Finding, Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { formatModbusAddress } from './address.js'
import { connectClient, type ModbusClient } from './client.js'
import { parseDiscoveryScope } from './discovery-scope.js'
import { identifyUnit, labelOf } from './identify.js'
import type { Target } from './medium.js'
import { mergeConcurrent } from './merge.js'
import { describeAnswer } from './read-span.js'
import { askUnit, type PresentUnit, sweepUnits } from './sweep-units.js'

/** Hosts asked at the same time, each by one connection. */
const CONCURRENT_HOSTS = 32
/**
 * One question at a time, on loopback too: many PLCs bear no more, and pymodbus 3.0 throws away what follows a question to an absent unit in the same segment.
 * On loopback there is no line to wait for, so less patience does.
 */
const PATIENCE_MS = {
  loopback: { firstMs: 100, silentMs: 8, shortestMs: 15, late: 'is-chance' },
  remote: { firstMs: 300, silentMs: 50, shortestMs: 30, late: 'teaches' },
} as const

/** Looks for units on a host, or on every host of a subnet (see `parseDiscoveryScope`). Reads only. */
export async function* discoverModbus(scope: string, around: Surroundings): AsyncGenerator<Finding> {
  const { hosts, unit } = parseDiscoveryScope(scope)
  const left = new AbortController()
  const signal = AbortSignal.any([around.signal, left.signal])
  const isOnlyHost = hosts.length === 1
  yield* mergeConcurrent(hosts, {
    concurrency: CONCURRENT_HOSTS,
    leave: () => left.abort(),
    work: (target) => discoverHost(target, { unit, isOnlyHost, around: { ...around, signal } }),
  })
}

interface HostOptions {
  readonly unit: number | null
  /** A host that somebody named must say why it does not answer; one of a subnet need not. */
  readonly isOnlyHost: boolean
  readonly around: Surroundings
}

async function* discoverHost(target: Target, { unit, isOnlyHost, around }: HostOptions): AsyncGenerator<Finding> {
  const { signal, clock, timeoutMs } = around
  if (signal.aborted) return
  let client: ModbusClient
  try {
    client = await connectClient({ ...target, connectTimeoutMs: timeoutMs, signal, clock })
  } catch (thrown) {
    if (!(thrown instanceof DriverFault)) throw thrown
    if (signal.aborted) return
    if (isOnlyHost) throw thrown
    around.log.note(thrown.message, { code: thrown.code })
    return
  }
  const close = (): void => void client.close()
  signal.addEventListener('abort', close, { once: true })
  try {
    const options = { around, limits: { ...PATIENCE_MS[isLoopback(target.host) ? 'loopback' : 'remote'], longestMs: timeoutMs } }
    const found = unit === null ? sweepUnits(client, options) : askUnit(client, unit, options)
    for await (const one of found) yield await findingOf(client, one, around)
  } catch (thrown) {
    if (!(thrown instanceof DriverFault)) throw thrown
    if (!signal.aborted)
      around.log.warn(`${target.host}:${target.port} hung up during the search: ${thrown.facts.because ?? thrown.message}`)
  } finally {
    signal.removeEventListener('abort', close)
    await client.close()
  }
}

async function findingOf(client: ModbusClient, found: PresentUnit, around: Surroundings): Promise<Finding> {
  const { unit, answer, isEveryUnit } = found
  const self = await identifyUnit(client, { unit, timeoutMs: Math.min(around.timeoutMs, 500) })
  const label = labelOf(self.identity)
  const who = isEveryUnit ? `Modbus device, any unit id` : `Modbus unit ${unit}`
  const isValid = answer.kind === 'values' || answer.kind === 'exception'
  const answered = `answered function 3 with ${describeAnswer(answer)}`
  return {
    address: formatModbusAddress({ ...client.target, unit }),
    description: label === '' ? who : `${who} · ${label}`,
    access: 'open',
    confidence: self.how === null ? (isValid ? 0.9 : 0.4) : 0.99,
    identity: self.identity,
    evidence: self.how === null ? answered : `answered ${self.how}; ${answered}`,
    safety: 'identify',
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}
