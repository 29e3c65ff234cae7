import type { MachineFacts } from '../../readings/machine-facts.js'

/** What the nameplate and the site say about a machine. */
export interface MachineDescription extends MachineFacts {
  /** For the zones of ISO 20816-3. */
  readonly ratedPowerKw?: number
  readonly support?: 'rigid' | 'flexible'
}
