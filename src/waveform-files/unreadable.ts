import { Fault } from '../faults/fault.js'

/** WAVEFORM_FILE_UNREADABLE of one file. */
export function unreadable(path: string, because: string): Fault {
  return new Fault('WAVEFORM_FILE_UNREADABLE', { message: `${path} cannot be read as a waveform`, where: { file: path }, because })
}
