import { DriverFault } from '../fault.js'
import { formatModbusAddress, lineOf, type ModbusPoint } from './address.js'
import { verdictOf } from './answer-quality.js'
import { nameOfTarget, type Target, targetOf } from './medium.js'
import { type Answer, describeAnswer } from './read-span.js'

type Asked = Target & { readonly unit: number } & Partial<Pick<ModbusPoint, 'table' | 'register'>>

/** An answer without values as a fault; `because` is the evidence of the one who asked. */
export function faultOfAnswer(answer: Exclude<Answer, { kind: 'values' }>, asked: Asked, because: string): DriverFault {
  const { unit, table, register } = asked
  const target = targetOf(asked)
  const place = table === undefined || register === undefined ? '' : `, ${table} ${register}`
  const { code } = verdictOf(answer)
  const device = formatModbusAddress({ ...target, unit })
  return new DriverFault(code, {
    message: `unit ${unit} on ${nameOfTarget(target)}${place}: ${describeAnswer(answer)}`,
    because,
    advice: { address: device, device, line: lineOf(target), host: target.host },
    retry: code !== 'MODBUS_ADDRESS',
  })
}
