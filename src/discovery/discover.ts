import { driverOf } from '../acquisition/lines-of.js'
import type { Finding, Surroundings } from '../drivers/contract.js'
import { DriverFault } from '../drivers/fault.js'
import { DRIVERS, type DriverEntry, driverEntryOf } from '../drivers/registry.js'
import { schemeOf } from '../readings/address.js'
import { isPortOpen } from './is-port-open.js'
import { listeningPorts } from './listening-ports.js'
import { mergeConcurrently } from './merge-concurrently.js'
import { parseScope } from './scope.js'

/** Ports knocked at in parallel; each port is one connection at a time. */
const CONCURRENCY = 16

/** A door to knock at: one port of one host. */
interface Door {
  readonly host: string
  readonly port: number
}

/**
 * Looks for devices and yields each as soon as it is found. Reads only; a door that speaks none of our protocols yields nothing.
 *
 * @throws DriverFault ADDRESS_INVALID, SCHEME_UNKNOWN for a scope that cannot be understood; HOST_UNREACHABLE, PORT_CLOSED… for a
 * single address that was named and cannot be reached.
 */
export async function* discover(scopes: readonly string[], around: Surroundings): AsyncGenerator<Finding> {
  const plans = scopes.map(parseScope)
  for (const plan of plans) {
    if (plan.kind === 'address') {
      yield* await discoverAddress(plan.address, around)
      continue
    }
    const doors = plan.kind === 'this-machine' ? await doorsOfThisMachine() : doorsOf(plan.hosts, plan.port)
    yield* mergeConcurrently(doors, { concurrency: CONCURRENCY, open: (door) => knock(door, around) })
  }
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

async function doorsOfThisMachine(): Promise<Door[]> {
  return (await listeningPorts()).map((port) => ({ host: '127.0.0.1', port }))
}

function doorsOf(hosts: readonly string[], port: number | null): Door[] {
  const ports = port === null ? [...new Set(DRIVERS.flatMap((entry) => entry.ports))] : [port]
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
    for await (const finding of findingsOf(entry, { host, port }, around)) {
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
    // Whoever does not speak this protocol is no finding; only a bug of ours goes on.
    if (!(thrown instanceof DriverFault)) throw thrown
    around.log.note(`${host}:${port} is no ${entry.name}: ${thrown.message}`)
  }
}
