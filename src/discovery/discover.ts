import { driverOf } from '../acquisition/lines-of.js'
import { mergeConcurrently } from '../concurrency/merge-concurrently.js'
import type { Finding, Surroundings } from '../drivers/contract.js'
import { DriverFault } from '../drivers/fault.js'
import { DRIVERS, type DriverEntry, driverEntryOf } from '../drivers/registry.js'
import { reasonOf } from '../faults/fault.js'
import { schemeOf } from '../readings/address.js'
import { isPortOpen } from './is-port-open.js'
import { listeners } from './listeners.js'
import { parseScope, type Scope } from './scope.js'
import { DOORS_AT_ONCE, usualPorts } from './usual-ports.js'

/** How long a door gets to answer in a protocol that does not usually live there; one that does gets the whole time-out. */
const STRANGER_MS = 900

/** A door to knock at: one port of one host. */
interface Door {
  readonly host: string
  readonly port: number
}

export type OnClosed = (scope: string, fault: DriverFault) => void

/**
 * Looks for devices and yields each as soon as it is found. Reads only; a door that speaks none of our protocols yields nothing.
 *
 * @param onClosed told of each scope that could not be searched.
 * @throws DriverFault ADDRESS_INVALID for a scope that cannot be understood; the first scope's fault when every scope failed (one that
 * fails among others is a warning).
 */
export async function* discover(scopes: readonly string[], around: Surroundings, onClosed?: OnClosed): AsyncGenerator<Finding> {
  const plans = scopes.map((scope) => ({ scope, plan: parseScope(scope) }))
  const faults: DriverFault[] = []
  for (const { scope, plan } of plans) {
    try {
      yield* discoverScope(plan, around)
    } catch (thrown) {
      if (!(thrown instanceof DriverFault) || around.signal.aborted) throw thrown
      faults.push(thrown)
      onClosed?.(scope, thrown)
      if (plans.length > 1) around.log.warn(thrown.message)
    }
  }
  const [first] = faults
  if (first && faults.length === plans.length) throw first
}

async function* discoverScope(plan: Scope, around: Surroundings): AsyncGenerator<Finding> {
  if (plan.kind === 'address') {
    yield* await discoverAddress(plan.address, around)
    return
  }
  const doors = plan.kind === 'this-machine' ? await listeners() : doorsOf(plan.hosts, plan.port)
  const left = new AbortController()
  const signal = AbortSignal.any([around.signal, left.signal])
  yield* mergeConcurrently(doors, {
    concurrency: DOORS_AT_ONCE,
    work: (door) => knock(door, { ...around, signal }),
    leave: () => left.abort(),
  })
}

async function discoverAddress(address: string, around: Surroundings): Promise<AsyncIterable<Finding>> {
  const driver = await driverOf(address)
  if (driver.discover) return driver.discover(address, around)
  throw new DriverFault('DRIVER_ABILITY_MISSING', {
    message: `'${schemeOf(address)}' devices cannot be searched for`,
    where: { address },
    advice: { address },
    retry: false,
  })
}

function doorsOf(hosts: readonly string[], port: number | null): Door[] {
  const ports = port === null ? usualPorts() : [port]
  return hosts.flatMap((host) => ports.map((each) => ({ host, port: each })))
}

/** Tries the protocols one after the other, the one that usually lives here first, until one is at home. */
async function* knock({ host, port }: Door, around: Surroundings): AsyncGenerator<Finding> {
  if (!(await isPortOpen(host, port, around))) return
  const candidates = DRIVERS.filter((entry) => entry.ports.length > 0).sort(
    (a, b) => Number(b.ports.includes(port)) - Number(a.ports.includes(port)),
  )
  for (const entry of candidates) {
    if (around.signal.aborted) return
    let isAtHome = false
    const timeoutMs = entry.ports.includes(port) ? around.timeoutMs : Math.min(around.timeoutMs, STRANGER_MS)
    for await (const finding of findingsOf(entry, { host, port }, { ...around, timeoutMs })) {
      // Somebody who is known not to speak this protocol; the next may be at home.
      if (finding.confidence === 0) continue
      isAtHome = true
      yield finding
    }
    if (isAtHome) return
  }
}

async function* findingsOf(entry: DriverEntry, { host, port }: Door, around: Surroundings): AsyncGenerator<Finding> {
  const scheme = entry.schemes[0] ?? ''
  const driver = await (driverEntryOf(scheme) ?? entry).load()
  if (!driver.discover) return
  try {
    yield* driver.discover(`${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`, around)
  } catch (thrown) {
    // Whoever does not speak this protocol is no finding, and a bug of ours at one door does not close the others.
    if (!(thrown instanceof DriverFault)) around.log.warn(`the ${entry.name} driver failed at ${host}:${port}: ${reasonOf(thrown)}`)
    else around.log.note(`${host}:${port} is no ${entry.name}: ${thrown.message}`)
  }
}
