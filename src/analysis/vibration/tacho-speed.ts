import { speedSpan } from '../orders/shaft-phase.js'
import type { TachoSignal } from '../orders/tacho-pulses.js'
import { phaseByTacho } from '../rotating/resolve-speed.js'

/** Mean speed by a tacho, rpm; null where it has no pulses to rely on, which the rules about machines tell. */
export function tachoSpeedRpm(tacho: TachoSignal): number | null {
  const { phase } = phaseByTacho(tacho)
  return phase === null ? null : 60 * speedSpan(phase).meanHz
}
