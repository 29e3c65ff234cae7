import { stat } from 'node:fs/promises'
import { listSerialPorts, type SerialPortEntry, withAccess } from './list-serial-ports.js'
import { portNotFound } from './port-fault.js'

/**
 * One port by its path or stable id, also one that is not listed, such as a pseudo-terminal.
 * @throws DriverFault PORT_NOT_FOUND
 */
export async function describePort(path: string): Promise<SerialPortEntry> {
  const listed = (await listSerialPorts()).find((port) => port.path === path || port.stableId === path)
  if (listed) return listed
  await stat(path).catch((error: unknown) => {
    throw portNotFound(path, error)
  })
  return withAccess({ path, stableId: null, maker: null, product: null, serialNumber: null })
}
