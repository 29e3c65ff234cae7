import type { Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import type { Point, ProbeReport, ProbeWishes } from '../probe-report.js'
import { formatModbusAddress, isPoint, lineOf, type ModbusDevice, type ModbusPoint, parseModbusAddress } from './address.js'
import { connectLine } from './connect-line.js'
import { discoverLine } from './discover-line.js'
import type { ModbusLine } from './exchange.js'
import { foreignPort } from './foreign-port.js'
import { nameOfTarget, targetOf } from './medium.js'
import { probeUnit } from './probe-unit.js'
import { probeValue } from './probe-value.js'

/** Units of one host that a probe looks into; each costs a second or more. */
const MOST_UNITS = 8

/**
 * Looks into one unit, into a single value of it, or, where the address names only a host, into the units that answer there.
 * @throws DriverFault as its address says: nobody there, port closed, no Modbus, unit silent, register refused.
 */
export async function probeModbus(address: string, around: Surroundings, wishes: ProbeWishes = {}): Promise<ProbeReport> {
  const parsed = parseModbusAddress(address)
  if (isPoint(parsed)) return withClient(parsed, around, (client) => probeValue(client, parsed, around))
  const { unit } = parsed
  if (unit !== null) return withClient(parsed, around, (client) => probeUnit(client, unit, around, wishes))
  return probeHost(parsed, around, wishes)
}

/** One line for as long as it is used; a stop is INTERRUPTED, a stranger on the port is named. */
export async function withClient<T>(
  target: ModbusDevice | ModbusPoint,
  around: Surroundings,
  use: (client: ModbusLine) => Promise<T>,
): Promise<T> {
  const { signal, clock, timeoutMs } = around
  const client = await connectLine(targetOf(target), { connectTimeoutMs: timeoutMs, signal, clock })
  const close = (): void => void client.close()
  signal.addEventListener('abort', close, { once: true })
  try {
    return await use(client)
  } catch (thrown) {
    if (signal.aborted && thrown instanceof DriverFault)
      throw new DriverFault('INTERRUPTED', {
        message: `the probe of ${nameOfTarget(target)} was stopped`,
        retry: false,
        cause: thrown,
      })
    throw client.isForeign && thrown instanceof DriverFault ? foreignPort(target, thrown) : thrown
  } finally {
    signal.removeEventListener('abort', close)
    await client.close()
  }
}

async function probeHost(host: ModbusDevice, around: Surroundings, wishes: ProbeWishes): Promise<ProbeReport> {
  const units: number[] = []
  for await (const finding of discoverLine(formatModbusAddress(host), around)) {
    const { unit } = parseModbusAddress(finding.address)
    if (unit !== null) units.push(unit)
  }
  if (units.length === 0) throw foreignPort(host)
  const reports: ProbeReport[] = []
  const warnings: string[] = []
  for (const unit of units.slice(0, MOST_UNITS)) {
    try {
      reports.push(await withClient(host, around, (client) => probeUnit(client, unit, around, wishes)))
    } catch (thrown) {
      if (!(thrown instanceof DriverFault) || units.length === 1 || around.signal.aborted) throw thrown
      warnings.push(thrown.message)
    }
  }
  if (units.length > MOST_UNITS)
    warnings.push(`${units.length} units answer; looked into ${MOST_UNITS} of them, probe the others one by one`)
  const [only] = reports
  if (only && units.length === 1) return only
  return {
    device: {
      address: lineOf(host),
      identity: null,
      description: `${units.length} Modbus units: ${units.join(', ')}`,
      facts: Object.fromEntries(reports.map(({ device }) => [device.address, device.description])),
    },
    points: reports.flatMap(({ points }): readonly Point[] => points),
    warnings: [...warnings, ...reports.flatMap((report) => report.warnings.map((warning) => `${report.device.address}: ${warning}`))],
  }
}
