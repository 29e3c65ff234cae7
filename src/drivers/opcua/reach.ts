import type { Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import { endpointUrlOf, formatOpcUaAddress, type OpcUaAddress, serverOf } from './address.js'
import { type Greeting, greet } from './hello.js'

const BAD_TCP_ENDPOINT_URL_INVALID = 0x80830000

/**
 * Makes sure that something speaks OPC UA there before the library is loaded, which is slow to load and slow to give up.
 * @throws DriverFault that says what is there instead.
 */
export async function reach(address: OpcUaAddress, around: Surroundings): Promise<void> {
  const fault = await obstacleTo(address, around)
  if (fault) throw fault
}

/** What keeps OPC UA from being spoken there; undefined where nothing does. */
export async function obstacleTo(address: OpcUaAddress, { timeoutMs, signal }: Surroundings): Promise<DriverFault | undefined> {
  const { host, port } = address
  const greeting = await greet({ host, port, endpointUrl: endpointUrlOf(address), timeoutMs, signal })
  return faultOfGreeting(greeting, formatOpcUaAddress(serverOf(address)), host)
}

function faultOfGreeting(greeting: Greeting, address: string, host: string): DriverFault | undefined {
  const facts = { where: { address }, advice: { address, host }, retry: true }
  switch (greeting.outcome) {
    case 'spoken':
      return undefined
    case 'aborted':
      return new DriverFault('INTERRUPTED', { message: `the talk with ${address} was interrupted`, retry: false })
    case 'silent':
      return new DriverFault('OPCUA_SILENT', { ...facts, message: `${address} takes connections, but does not answer an OPC UA Hello` })
    case 'foreign':
      return new DriverFault('OPCUA_NOT_SPOKEN', { ...facts, message: `${address} does not speak OPC UA`, because: greeting.evidence })
    case 'refused': {
      const isPath = greeting.statusCode === BAD_TCP_ENDPOINT_URL_INVALID
      const message = isPath ? `the server at ${host} has no endpoint ${address}` : `${address} refused to talk`
      return new DriverFault('OPCUA_REFUSED', { ...facts, message, because: greeting.reason || `0x${greeting.statusCode.toString(16)}` })
    }
    case 'unconnected':
      return greeting.errno === 'ECONNREFUSED'
        ? new DriverFault('PORT_CLOSED', { ...facts, message: `nothing listens at ${address}`, because: greeting.reason })
        : new DriverFault('HOST_UNREACHABLE', { ...facts, message: `${host} cannot be reached`, because: greeting.reason })
  }
}
