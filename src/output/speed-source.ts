import type { MachineSpeed } from '../analysis/rotating/machine-fault.js'

/** What tells the shaft's speed, in words that follow "by". */
export const SPEED_SOURCE: Readonly<Record<MachineSpeed['source'], string>> = {
  tacho: 'the tacho',
  signal: 'the record itself',
  stated: 'what was stated',
}
