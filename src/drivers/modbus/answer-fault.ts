import { DriverFault } from '../fault.js'
import { formatModbusAddress, lineOf, type ModbusPoint } from './address.js'
import { verdictOf } from './answer-quality.js'
import type { Target } from './connect.js'
import { type Answer, describeAnswer } from './read-span.js'

type Asked = Target & { readonly unit: number } & Partial<Pick<ModbusPoint, 'table' | 'register'>>

/** An answer without values as a fault; `because` is the evidence of the one who asked. */
export function faultOfAnswer(answer: Exclude<Answer, { kind: 'values' }>, asked: Asked, because: string): DriverFault {
  const { host, port, unit, table, register } = asked
  const place = table === undefined || register === undefined ? '' : `, ${table} ${register}`
  const { code } = verdictOf(answer)
  const device = formatModbusAddress({ host, port, unit })
  return new DriverFault(code, {
    message: `unit ${unit} on ${host}:${port}${place}: ${describeAnswer(answer)}`,
    because,
    advice: { address: device, device, line: lineOf(asked), host },
    retry: code !== 'MODBUS_ADDRESS',
  })
}
