import { realpath } from 'node:fs/promises'
import { platform } from 'node:process'
import type { PlainPort } from './plain-port.js'
import { portTaken } from './port-fault.js'
import { sysfsPorts } from './sysfs-ports.js'

/** Stable names that ports had when they were opened by a name that may change, such as `/dev/ttyUSB0`; kept by whoever keeps the line. */
export type AdapterMemory = Map<string, string>

/** The ports of this machine. */
export type PortLister = () => Promise<readonly PlainPort[]>

/**
 * Where the adapter is now that was opened as `path` before: plugged in again, it may have another name, and its old one may be another's.
 * @throws DriverFault PORT_NOT_FOUND where it is away and another adapter has its name.
 */
export async function whereAdapterIs(path: string, memory: AdapterMemory | undefined, ports: PortLister = knownPorts): Promise<string> {
  const stable = memory?.get(path)
  if (stable === undefined) return path
  if (await exists(stable)) return stable
  const other = await stableNameOf(path, ports)
  if (other !== null && other !== stable) throw portTaken(path, { was: stable, is: other })
  return path
}

/** Remembers which adapter a port is, at its first opening. */
export async function rememberAdapter(path: string, memory: AdapterMemory | undefined, ports: PortLister = knownPorts): Promise<void> {
  if (!memory || memory.has(path)) return
  const stable = await stableNameOf(path, ports)
  if (stable !== null) memory.set(path, stable)
}

/** Null where the port has no such name, or shares it with adapters of the same make that have no serial number. */
async function stableNameOf(path: string, ports: PortLister): Promise<string | null> {
  const all = await ports()
  const own = all.find((port) => port.path === path)
  if (!own || own.stableId === null) return null
  const isTwin = (port: PlainPort): boolean =>
    port.maker === own.maker && port.product === own.product && port.serialNumber === own.serialNumber && port.path !== own.path
  return all.some(isTwin) ? null : own.stableId
}

/** Only Linux has names of both sorts. */
function knownPorts(): Promise<readonly PlainPort[]> {
  return platform === 'linux' ? sysfsPorts() : Promise.resolve([])
}

function exists(path: string): Promise<boolean> {
  return realpath(path).then(
    () => true,
    () => false,
  )
}
