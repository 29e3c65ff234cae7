import { type Unit, unitOf } from '../../readings/unit.js'
import { AnalysisFault } from '../analysis-fault.js'
import type { Samples } from '../samples.js'
import { describeWaveform } from '../time-domain/describe-waveform.js'
import type { VibrationAssessment } from './assessment.js'
import { bandRms, ISO_BAND_HZ } from './band-rms.js'

type Overall = VibrationAssessment['overall']

/** The overall levels, and in words why one is missing. */
export function overallLevels(record: { readonly samples: Samples; readonly sampleRateHz: number; readonly unit: string | null }): {
  readonly overall: Overall
  readonly warnings: readonly string[]
} {
  const { rms, crestFactor, kurtosis } = describeWaveform(record.samples)
  const shape = { crestFactor, kurtosis }
  const unit = record.unit === null ? undefined : unitOf(record.unit)
  const obstacle = unitObstacle(record.unit, unit)
  if (!unit || obstacle !== null) {
    return { overall: { accelerationRmsMPerS2: null, velocityRmsMmPerS: null, ...shape }, warnings: obstacle === null ? [] : [obstacle] }
  }
  const isAcceleration = unit.quantity === 'acceleration'
  const velocity = velocityOrReason(record, isAcceleration ? 'once' : 'not')
  return {
    overall: {
      accelerationRmsMPerS2: isAcceleration ? rms * unit.factor : null,
      velocityRmsMmPerS: typeof velocity === 'number' ? velocity * unit.factor * 1000 : null,
      ...shape,
    },
    warnings: typeof velocity === 'number' ? [] : [`no velocity RMS 10–1000 Hz: ${velocity}`],
  }
}

function unitObstacle(name: string | null, unit: Unit | undefined): string | null {
  if (name === null) return 'the unit of the samples is not stated, so there are no absolute levels; state it, e.g. --unit g'
  if (!unit) return `${name} is not a known unit; state one, e.g. --unit g or --unit m/s²`
  const isVibration = unit.quantity === 'acceleration' || unit.quantity === 'velocity'
  return isVibration ? null : `${name} is a ${unit.quantity}, neither acceleration nor velocity; state the unit, e.g. --unit g`
}

function velocityOrReason(
  record: { readonly samples: Samples; readonly sampleRateHz: number },
  integrated: 'once' | 'not',
): number | string {
  try {
    return bandRms(record.samples, { sampleRateHz: record.sampleRateHz, band: ISO_BAND_HZ, integrated })
  } catch (thrown) {
    if (thrown instanceof AnalysisFault) return thrown.message
    throw thrown
  }
}
