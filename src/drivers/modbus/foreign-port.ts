import { DriverFault } from '../fault.js'
import { lineOf } from './address.js'
import type { Target } from './connect.js'

/** The port is open and nobody behind it answers in Modbus. */
export function foreignPort({ host, port }: Target, cause?: DriverFault): DriverFault {
  return new DriverFault('MODBUS_FOREIGN', {
    message: `${host}:${port} is open, but nobody there speaks Modbus TCP`,
    because: cause?.facts.because ?? 'units 0, 255 and 1 to 247 were asked; none gave a Modbus answer',
    advice: { host, address: lineOf({ host, port }) },
    retry: true,
    ...(cause ? { cause } : {}),
  })
}
