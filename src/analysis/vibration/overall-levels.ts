import { type Unit, unitOf } from '../../readings/unit.js'
import type { VibrationAssessment } from './assessment.js'
import type { WholeLevels } from './whole-record.js'

type Overall = VibrationAssessment['overall']

/** Levels in SI, and in words why one is missing. @param unitName as somebody stated it. */
export function overallLevels(
  { waveform, velocityRms }: WholeLevels,
  unitName: string | null,
): { readonly overall: Overall; readonly warnings: readonly string[] } {
  const shape = { crestFactor: waveform.crestFactor, kurtosis: waveform.kurtosis }
  const unit = unitName === null ? undefined : unitOf(unitName)
  const obstacle = unitObstacle(unitName, unit)
  if (!unit || obstacle !== null) {
    return { overall: { accelerationRmsMPerS2: null, velocityRmsMmPerS: null, ...shape }, warnings: obstacle === null ? [] : [obstacle] }
  }
  return {
    overall: {
      accelerationRmsMPerS2: unit.quantity === 'acceleration' ? waveform.rms * unit.factor : null,
      velocityRmsMmPerS: typeof velocityRms === 'number' ? velocityRms * unit.factor * 1000 : null,
      ...shape,
    },
    warnings: typeof velocityRms === 'number' ? [] : [`no velocity RMS 10–1000 Hz: ${velocityRms}`],
  }
}

function unitObstacle(name: string | null, unit: Unit | undefined): string | null {
  if (name === null) return 'the unit of the samples is not stated, so there are no absolute levels; state it, e.g. --unit g'
  if (!unit) return `${name} is not a known unit; state one, e.g. --unit g or --unit m/s²`
  const isVibration = unit.quantity === 'acceleration' || unit.quantity === 'velocity'
  return isVibration ? null : `${name} is a ${unit.quantity}, neither acceleration nor velocity; state the unit, e.g. --unit g`
}
