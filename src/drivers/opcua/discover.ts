import type { Finding, Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { endpointUrlOf, formatOpcUaAddress, type OpcUaAddress, serverOf } from './address.js'
import { greet } from './hello.js'

/**
 * Says Hello, asks for the ways in and, where anybody may, who it is. A port that speaks something else gives nothing, fast; so does
 * an abort.
 */
export async function* discoverServers(scope: OpcUaAddress, around: Surroundings): AsyncGenerator<Finding> {
  const server = serverOf(scope)
  if (!(await speaksOpcUa(server, around))) return
  const { examineServer } = await import('./examine-server.js')
  try {
    const { finding, others } = await examineServer(server, around)
    yield finding
    for (const other of others) {
      if (around.signal.aborted) return
      if (await speaksOpcUa(other, around)) yield (await examineServer(other, around)).finding
    }
  } catch (thrown) {
    if (!(thrown instanceof DriverFault)) throw thrown
    if (thrown.code === 'INTERRUPTED' || around.signal.aborted) return
    yield closedFinding(server, thrown)
  }
}

async function speaksOpcUa(server: OpcUaAddress, { signal, timeoutMs }: Surroundings): Promise<boolean> {
  const { host, port } = server
  const greeting = await greet({ host, port, endpointUrl: endpointUrlOf(server), timeoutMs, signal })
  return greeting.outcome === 'spoken' || greeting.outcome === 'refused'
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
