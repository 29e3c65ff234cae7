import { DriverFault } from '../fault.js'
import { lineOf } from './address.js'
import { nameOfTarget, type Target } from './medium.js'

const LANGUAGE = {
  'modbus-tcp': 'Modbus TCP',
  'modbus-rtu': 'Modbus RTU',
  'modbus-ascii': 'Modbus ASCII',
  'modbus-rtu-tcp': 'Modbus RTU over TCP',
} as const

/** The port is open and nobody behind it answers in Modbus. */
export function foreignPort(target: Target, cause?: DriverFault): DriverFault {
  return new DriverFault('MODBUS_FOREIGN', {
    message: `${nameOfTarget(target)} is open, but nobody there speaks ${LANGUAGE[target.medium?.scheme ?? 'modbus-tcp']}`,
    because: cause?.facts.because ?? 'units 0, 255 and 1 to 247 were asked; none gave a Modbus answer',
    advice: { host: target.host, address: lineOf(target) },
    retry: true,
    ...(cause ? { cause } : {}),
  })
}
