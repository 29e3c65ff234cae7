import { mergeConcurrently } from '../../concurrency/merge-concurrently.js'
import type { Finding, Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { formatModbusAddress, lineOf } from './address.js'
import { connectClient, type ModbusClient } from './client.js'
import { parseDiscoveryScope, type ScopeHost } from './discovery-scope.js'
import { HOST_PACE } from './host-pace.js'
import { identifyUnit, labelOf } from './identify.js'
import { describeAnswer } from './read-span.js'
import { askUnit, type PresentUnit, sweepUnits } from './sweep-units.js'

/**
 * One question at a time, on loopback too: many PLCs bear no more, and pymodbus 3.0 throws away what follows a question to an absent unit in the same segment.
 * On loopback there is no line to wait for, so less patience does.
 */
const PATIENCE_MS = {
  loopback: { firstMs: 100, silentMs: 8, shortestMs: 15, late: 'is-chance' },
  remote: { firstMs: 300, silentMs: 50, shortestMs: 30, late: 'teaches' },
} as const

/** Looks for units on a host, on hosts of a list, or on every host of a subnet (see `parseDiscoveryScope`). Reads only. */
export async function* discoverModbus(scope: string, around: Surroundings): AsyncGenerator<Finding> {
  const { hosts, unit, notes } = parseDiscoveryScope(scope)
  for (const note of notes) around.log.warn(note)
  const left = new AbortController()
  const signal = AbortSignal.any([around.signal, left.signal])
  const isOnlyHost = hosts.length === 1
  let done = 0
  yield* mergeConcurrently(hosts, {
    concurrency: HOST_PACE.concurrent,
    leave: () => left.abort(),
    work: async function* (target) {
      yield* discoverHost(target, { unit, isOnlyHost, around: { ...around, signal } })
      if (isOnlyHost) return
      around.progress?.({ done: ++done, total: hosts.length, what: 'hosts' })
      await around.clock.sleep(HOST_PACE.pauseMs, signal)
    },
  })
}

interface HostOptions {
  readonly unit: number | null
  /** The only host must say why it does not answer. */
  readonly isOnlyHost: boolean
  readonly around: Surroundings
}

async function* discoverHost(target: ScopeHost, { unit, isOnlyHost, around }: HostOptions): AsyncGenerator<Finding> {
  const { signal, clock, timeoutMs } = around
  if (signal.aborted) return
  let client: ModbusClient
  try {
    client = await connectClient({ ...target, connectTimeoutMs: timeoutMs, signal, clock })
  } catch (thrown) {
    if (!(thrown instanceof DriverFault)) throw thrown
    if (signal.aborted) return
    if (isOnlyHost) throw thrown
    around.log[target.isNamed ? 'warn' : 'note'](thrown.message, { code: thrown.code })
    return
  }
  const close = (): void => void client.close()
  signal.addEventListener('abort', close, { once: true })
  let found = 0
  try {
    const limits = { ...PATIENCE_MS[isLoopback(target.host) ? 'loopback' : 'remote'], longestMs: timeoutMs }
    // One of a subnet is swept only when it has answered; a host that somebody named is meant.
    const options = { around, limits, silentHost: target.isNamed ? 'is-swept' : 'is-left' } as const
    const units = unit === null ? sweepUnits(client, options) : askUnit(client, unit, options)
    for await (const one of units) {
      found++
      yield await findingOf(client, one, around)
    }
    if (found === 0 && !signal.aborted) yield strangerOf(client, target)
  } catch (thrown) {
    if (!(thrown instanceof DriverFault)) throw thrown
    if (!signal.aborted)
      around.log.warn(`${target.host}:${target.port} hung up during the search: ${thrown.facts.because ?? thrown.message}`)
  } finally {
    signal.removeEventListener('abort', close)
    await client.close()
  }
}

/** Somebody is there, and is nothing that we know: shown, so that nobody takes the address for free. Confidence 0: it is no Modbus device. */
function strangerOf(client: ModbusClient, { host, port, isNamed }: ScopeHost): Finding {
  const [description, evidence] = client.isForeign
    ? ['answers, but not in Modbus', 'bytes came that are no Modbus TCP frame']
    : client.gone.aborted
      ? ['hangs up instead of answering in Modbus', 'closed the connection without an answer']
      : [
          'accepts connections, but no Modbus unit answers',
          isNamed
            ? 'no unit that was asked answered function 3'
            : `of its units only the likeliest were asked; all of them: chatterfix discover modbus-tcp://${host}:${port}`,
        ]
  return {
    address: lineOf(client.target),
    description,
    access: 'open',
    confidence: 0,
    identity: null,
    evidence,
    safety: 'identify',
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
