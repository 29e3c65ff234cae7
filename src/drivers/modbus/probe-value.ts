import type { Surroundings } from '../contract.js'
import type { ProbeReport } from '../probe-report.js'
import { formatModbusAddress, type ModbusPoint, widthOf } from './address.js'
import { faultOfAnswer } from './answer-fault.js'
import type { ModbusLine } from './exchange.js'
import { identifyUnit, labelOf } from './identify.js'
import { targetOf } from './medium.js'
import { readSpan } from './read-span.js'
import { decodeRegisters } from './register-codec.js'
import { isBitTable } from './register-type.js'

/**
 * Looks at one value whose address says how to read it: no guessing.
 * @throws DriverFault that says why there is no value.
 */
export async function probeValue(client: ModbusLine, point: ModbusPoint, { timeoutMs }: Surroundings): Promise<ProbeReport> {
  const asking = { unit: point.unit, timeoutMs }
  const answer = await readSpan(client, asking, { table: point.table, from: point.register, quantity: widthOf(point) })
  if (answer.kind !== 'values') throw faultOfAnswer(answer, point, 'this one value was asked for, by itself')
  const self = await identifyUnit(client, asking)
  const decoded = decodeRegisters(answer.values, point)
  return {
    device: {
      address: formatModbusAddress({ ...targetOf(point), unit: point.unit }),
      identity: self.identity,
      description: `Modbus unit ${point.unit}${self.identity ? ` · ${labelOf(self.identity)}` : ''}`,
      facts: self.facts,
    },
    points: [
      {
        address: formatModbusAddress(point),
        name: null,
        kind: point.type === 'boolean' ? 'state' : 'other',
        type: point.type,
        order: isBitTable(point.table) ? null : point.order,
        scale: point.scale,
        unit: null,
        value: decoded ? (decoded.text ?? (point.type === 'boolean' ? decoded.value !== 0 : decoded.value)) : null,
        confidence: isBitTable(point.table) ? 1 : 0.5,
        alternatives: [],
        evidence: 'read as the address says; nothing was guessed',
      },
    ],
    warnings: decoded ? [] : [`${point.table} ${point.register} holds no ${point.type}: ${hexOf(answer.values)}`],
  }
}

function hexOf(registers: Uint16Array): string {
  return [...registers].map((register) => register.toString(16).padStart(4, '0')).join(' ')
}
