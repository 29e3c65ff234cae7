import { unitOf } from '../../readings/unit.js'
import { severityOf } from '../vibration/iso-20816-3.js'
import type { MachineDescription } from './machine-description.js'

export type FindingSeverity = 'note' | 'warning' | 'fault'

/** Where the zones of no machine are stated: C in every group and support from here, D from the next [ISO20816-3]. */
const C_EVERYWHERE = 7.1
const D_EVERYWHERE = 11
/** Least A/B boundary of any machine above 15 kW (group 2, rigid) [ISO20816-3]. */
const LEAST_A_B = 1.4
/** A/B boundary of small machines (class I): below it any machine is as good as new [ISO10816-1]. */
export const SMALLEST_A_B = 0.71

/** Factor from the samples' unit at a frequency to mm/s; null where the unit is neither acceleration nor velocity, or not stated. */
export function velocityFactor(unitName: string | null, frequencyHz: number): number | null {
  const unit = unitName === null ? undefined : unitOf(unitName)
  if (unit?.quantity === 'velocity') return unit.factor * 1000
  return unit?.quantity === 'acceleration' ? (unit.factor * 1000) / (2 * Math.PI * frequencyHz) : null
}

/** What a velocity alone would make of the machine: the zone that these lines would put it in without anything else. */
export function severityOfVelocity(
  rmsMmPerS: number,
  machine: MachineDescription,
): { readonly severity: FindingSeverity; readonly exceedsNew: boolean; readonly zone: string } {
  const { ratedPowerKw, isoGroup, support } = machine
  const rated = support === undefined ? null : severityOf(rmsMmPerS, { ratedPowerKw, isoGroup, support })
  if (rated) {
    const severity = rated.zone === 'D' ? 'fault' : rated.zone === 'C' ? 'warning' : 'note'
    return {
      severity,
      exceedsNew: rated.zone !== 'A',
      zone: `alone zone ${rated.zone} of ISO 20816-3 (group ${rated.group}, ${rated.support})`,
    }
  }
  const exceedsNew = rmsMmPerS > LEAST_A_B
  if (rmsMmPerS > D_EVERYWHERE) return { severity: 'fault', exceedsNew, zone: 'alone zone D of ISO 20816-3 for any machine' }
  if (rmsMmPerS > C_EVERYWHERE) return { severity: 'warning', exceedsNew, zone: 'alone zone C or D of ISO 20816-3 for any machine' }
  return { severity: 'note', exceedsNew, zone: 'power and support are not stated, so no zone' }
}
