import { describePort } from '../../serial-line/describe-port.js'
import { listSerialPorts, type SerialPortEntry } from '../../serial-line/list-serial-ports.js'
import type { Finding, Surroundings } from '../contract.js'
import { deviceAddress, parseSerialAddress } from './address.js'

/**
 * The serial ports of this machine, or the one that the scope names. None is opened and nothing is sent: what is behind a port shows
 * when it is probed.
 * @throws DriverFault ADDRESS_INVALID, PORT_NOT_FOUND
 */
export async function* discoverSerial(scope: string, around: Surroundings): AsyncGenerator<Finding> {
  const isEverything = /^serial:\/{0,3}$/i.test(scope)
  const ports = isEverything ? await listSerialPorts() : [await describePort(parseSerialAddress(scope).path)]
  for (const port of ports) {
    if (around.signal.aborted) return
    yield findingOf(port)
  }
}

function findingOf(port: SerialPortEntry): Finding {
  const { path, stableId, access, because, remedy, serialNumber } = port
  const evidence = [
    'listed by the system, not opened',
    ...(serialNumber === null ? [] : [`serial number ${serialNumber}`]),
    ...(because === null ? [] : [because]),
    ...(remedy === null ? [] : [`try: ${remedy}`]),
  ]
  return {
    // The stable name, so that an adapter that was plugged in again is found again.
    address: deviceAddress(stableId ?? path),
    description: describe(port),
    access,
    confidence: 1,
    identity: null,
    evidence: evidence.join('; '),
    safety: 'passive',
  }
}

function describe({ path, stableId, maker, product }: SerialPortEntry): string {
  const made = [maker, product].filter((word) => word !== null).join(' ')
  return `serial port${stableId === null ? '' : ` ${path}`}${made === '' ? '' : `: ${made}`}`
}
