import { platform } from 'node:process'
import { describeHolder, remedyForHolder } from './holder-text.js'
import type { PlainPort } from './plain-port.js'
import { permissionGapOf } from './port-access.js'
import { portHolderOf } from './port-holder.js'
import { sysfsPorts } from './sysfs-ports.js'
import { systemPorts } from './system-ports.js'

export interface SerialPortEntry extends PlainPort {
  readonly access: 'open' | 'in-use' | 'permission-denied'
  /** Why it is not open, in words; null where it is. */
  readonly because: string | null
  /** The command that would open it; null where nothing is in the way or nobody knows one. */
  readonly remedy: string | null
}

/**
 * The serial ports of this machine, by path. No port is opened: that would raise DTR, and some devices restart then.
 * Pseudo-terminals are no ports of the machine and do not appear. On macOS and Windows `access` is always `open`: only opening tells.
 */
export async function listSerialPorts(): Promise<readonly SerialPortEntry[]> {
  const ports = platform === 'linux' ? await sysfsPorts() : await systemPorts()
  return Promise.all(ports.map(withAccess))
}

/** Adds whether a port could be opened, without opening it. */
export async function withAccess(port: PlainPort): Promise<SerialPortEntry> {
  if (platform === 'win32') return { ...port, access: 'open', because: null, remedy: null }
  const gap = await permissionGapOf(port.path)
  if (gap) return { ...port, access: 'permission-denied', ...gap }
  const holder = await portHolderOf(port.path)
  if (holder) return { ...port, access: 'in-use', because: describeHolder(holder), remedy: remedyForHolder(holder) }
  return { ...port, access: 'open', because: null, remedy: null }
}
