import { QUALITY, type QualityCode } from '../../../readings/quality.js'
import type { SparkplugMetric } from './payload.js'

const UNIT_KEYS = ['engUnit', 'EngUnit', 'engineeringUnits', 'Engineering Units', 'unit', 'units', 'Unit'] as const
const MAX_UNIT_LENGTH = 32

/** The engineering unit that a metric states, as written; undefined where it states none. */
export function engineeringUnitOf({ properties }: SparkplugMetric): string | undefined {
  if (!properties) return undefined
  for (const key of UNIT_KEYS) {
    const unit = properties[key]
    if (typeof unit === 'string' && unit !== '' && unit.length <= MAX_UNIT_LENGTH) return unit
  }
  return undefined
}

/** The property `Quality`: 192 good, 500 stale, 0 bad (Sparkplug 3.0.0, section 6.4.14); good where there is none. */
export function qualityOfMetric({ properties }: SparkplugMetric): QualityCode {
  const stated = properties?.['Quality'] ?? properties?.['quality']
  if (stated === undefined || stated === null || stated === 192) return QUALITY.good
  if (stated === 500) return QUALITY.stale
  return stated === 0 ? QUALITY['device-fault'] : QUALITY['device-uncertain']
}
