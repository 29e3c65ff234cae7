import { Fault } from '../faults/fault.js'

/** The sensor that a trend is asked of. @throws Fault USAGE where none was named. */
export function sensorOrUsage(sensor: string | undefined): string {
  if (sensor !== undefined) return sensor
  throw new Fault('USAGE', {
    message: 'whose trend?',
    because: 'neither --sensor nor --indicator was given',
    advice: { help: 'chatterfix analyze trend RECORDING --sensor KEY' },
  })
}
