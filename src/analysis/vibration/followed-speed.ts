import { AnalysisFault } from '../analysis-fault.js'
import { type ResolvedSpeed, resolveSpeed } from '../rotating/resolve-speed.js'
import type { VibrationInput } from './assessment.js'
import { machineRecord } from './machine-record-of.js'

/**
 * How far the shaft turned during a channel: by the tacho, else as the record shows it, else steadily at the stated speed.
 *
 * @throws AnalysisFault `out-of-range` where nothing tells a speed.
 */
export function followedSpeed(input: VibrationInput): ResolvedSpeed & { readonly warnings: readonly string[] } {
  const { found, warnings } = resolveSpeed(machineRecord(input))
  if (found !== null) return { ...found, warnings }
  const because = warnings.length === 0 ? '' : ` (${warnings.join('; ')})`
  throw new AnalysisFault(
    'out-of-range',
    `orders need the shaft’s speed, which nothing tells${because}; state --speed 1480, --speed-range 600-2400, or --tacho CHANNEL`,
  )
}
