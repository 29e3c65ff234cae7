export type Zone = 'A' | 'B' | 'C' | 'D'
export type Support = 'rigid' | 'flexible'

/** What the standard asks about a machine before it gives it a limit. */
export interface RatedMachine {
  readonly ratedPowerKw?: number | undefined
  /** Where it is known without the power; it wins. */
  readonly isoGroup?: 1 | 2 | undefined
  readonly support: Support
}

export interface Severity {
  readonly standard: 'ISO 20816-3'
  readonly group: 1 | 2
  readonly support: Support
  readonly zone: Zone
  /** The zone's limits in mm/s RMS, 10–1000 Hz: A/B, B/C, C/D. */
  readonly boundariesMmPerS: readonly [number, number, number]
}

/** Zone boundaries, mm/s RMS, on non-rotating parts, above 600 rpm [ISO20816-3]. Group 1: over 300 kW; group 2: over 15 kW up to 300 kW. */
const BOUNDARIES_MM_PER_S: Readonly<Record<1 | 2, Readonly<Record<Support, readonly [number, number, number]>>>> = {
  1: { rigid: [2.3, 4.5, 7.1], flexible: [3.5, 7.1, 11] },
  2: { rigid: [1.4, 2.8, 4.5], flexible: [2.3, 4.5, 7.1] },
}

/**
 * Evaluation zone of a machine by the RMS velocity on its bearing housings. A value on a boundary belongs to the better zone.
 *
 * @param velocityRmsMmPerS broadband 10–1000 Hz, mm/s.
 * @param machine rated power or group.
 * @returns null below 15 kW and above 40 MW, which the standard leaves out, and where neither power nor group is known.
 * @see [ISO20816-3]
 */
export function severityOf(velocityRmsMmPerS: number, machine: RatedMachine): Severity | null {
  const group = machine.isoGroup ?? groupOf(machine.ratedPowerKw)
  if (group === null) return null
  const boundaries = BOUNDARIES_MM_PER_S[group][machine.support]
  const exceeded = boundaries.filter((boundary) => velocityRmsMmPerS > boundary).length
  const zones = ['A', 'B', 'C', 'D'] as const
  return { standard: 'ISO 20816-3', group, support: machine.support, zone: zones[exceeded] ?? 'D', boundariesMmPerS: boundaries }
}

function groupOf(ratedPowerKw: number | undefined): 1 | 2 | null {
  if (ratedPowerKw === undefined || ratedPowerKw <= 15 || ratedPowerKw > 40_000) return null
  return ratedPowerKw > 300 ? 1 : 2
}
