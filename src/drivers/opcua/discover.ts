import type { Finding, Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { formatOpcUaAddress, type OpcUaAddress, serverOf } from './address.js'
import { obstacleTo } from './reach.js'

/**
 * Says Hello, asks for the ways in and, where anybody may, who it is. An abort ends it without a fault.
 *
 * @throws DriverFault where no OPC UA is spoken, fast, before the library is loaded.
 */
export async function* discoverServers(scope: OpcUaAddress, around: Surroundings): AsyncGenerator<Finding> {
  const server = serverOf(scope)
  const obstacle = await obstacleTo(server, around)
  if (around.signal.aborted) return
  if (obstacle && obstacle.code !== 'OPCUA_REFUSED') throw obstacle
  const { examineServer } = await import('./examine-server.js')
  try {
    const { finding, others } = await examineServer(server, around)
    yield finding
    for (const other of others) {
      if (around.signal.aborted) return
      if (await isSpoken(other, around)) yield (await examineServer(other, around)).finding
    }
  } catch (thrown) {
    if (!(thrown instanceof DriverFault)) throw thrown
    if (thrown.code === 'INTERRUPTED' || around.signal.aborted) return
    yield closedFinding(server, thrown)
  }
}

async function isSpoken(server: OpcUaAddress, around: Surroundings): Promise<boolean> {
  const obstacle = await obstacleTo(server, around)
  return obstacle === undefined || obstacle.code === 'OPCUA_REFUSED'
}

/** It spoke, and then would not go on: shown, not hidden. */
function closedFinding(server: OpcUaAddress, { facts }: DriverFault): Finding {
  return {
    address: formatOpcUaAddress(server),
    description: `OPC UA server that does not go on: ${facts.because ?? facts.message}`,
    access: 'permission-denied',
    confidence: 0.9,
    identity: null,
    evidence: 'answered an OPC UA Hello',
    safety: 'identify',
  }
}
