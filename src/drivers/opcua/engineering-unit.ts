import { kindOfQuantity } from '../../readings/kind-of-quantity.js'
import type { SensorKind } from '../../readings/sensor.js'
import { unitOf } from '../../readings/unit.js'

/** EUInformation, as far as we look (OPC 10000-8, 5.6.3). */
export interface EngineeringUnit {
  readonly displayName: string
  readonly description: string
}

/** Reads an EngineeringUnits value; undefined where it is something else. */
export function engineeringUnitOf(value: unknown): EngineeringUnit | undefined {
  if (typeof value !== 'object' || value === null || !('displayName' in value)) return undefined
  const { displayName, description } = value as { displayName: unknown; description?: unknown }
  return { displayName: textOf(displayName), description: textOf(description) }
}

/** Our symbol for it and the kind that follows from it; null and `other` where it is not in the unit table. */
export function meaningOf({ displayName, description }: EngineeringUnit): { readonly unit: string | null; readonly kind: SensorKind } {
  // An empty name is no statement; in the unit table it would be the number one.
  const unit = [displayName, description]
    .filter((name) => name !== '')
    .map(unitOf)
    .find((known) => known !== undefined)
  return { unit: unit?.symbol ?? null, kind: unit ? kindOfQuantity(unit.quantity) : 'other' }
}

function textOf(localized: unknown): string {
  const text = typeof localized === 'object' && localized !== null && 'text' in localized ? localized.text : localized
  return typeof text === 'string' ? text.trim().slice(0, 100) : ''
}
