import { AnalysisFault } from '../analysis-fault.js'
import { phaseOfPulses } from '../orders/phase-of-pulses.js'
import { speedSpan } from '../orders/shaft-phase.js'
import { type TachoSignal, tachoPulses } from '../orders/tacho-pulses.js'

/** Mean speed by a tacho, rpm; null where it has no pulses to rely on, which the rules about machines tell. */
export function tachoSpeedRpm(tacho: TachoSignal): number | null {
  try {
    return 60 * speedSpan(phaseOfPulses(tachoPulses(tacho), tacho.pulsesPerRevolution).phase).meanHz
  } catch (thrown) {
    if (thrown instanceof AnalysisFault) return null
    throw thrown
  }
}
