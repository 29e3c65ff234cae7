import { kindOfQuantity } from '../../readings/kind-of-quantity.js'
import type { SensorKind } from '../../readings/sensor.js'
import { unitOf } from '../../readings/unit.js'

/** The symbol of a unit as a device writes it, and what such a value measures; a unit that nobody knows stays as written. */
export function meaningOfUnit(stated: string | null): { readonly unit: string | null; readonly kind: SensorKind } {
  if (stated === null) return { unit: null, kind: 'other' }
  const known = unitOf(stated)
  return { unit: known?.symbol ?? stated, kind: known ? kindOfQuantity(known.quantity) : 'other' }
}
