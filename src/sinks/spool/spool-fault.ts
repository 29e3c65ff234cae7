import { Fault } from '../../faults/fault.js'

export function spoolUnusable(name: string, folder: string, because: string): Fault {
  return new Fault('SINK_SPOOL_UNUSABLE', {
    message: `there is no place on the disk to keep what goes to ${name}`,
    where: { sink: name, folder },
    because,
    advice: { folder },
  })
}
