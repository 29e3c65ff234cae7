import type { Sensor } from '../readings/sensor.js'
import { unitOf } from '../readings/unit.js'

/**
 * How the readings of a sensor are summed up. `counter`: only ever grows, or starts anew; a mean of it says nothing. `angle`: goes round;
 * 359° and 1° are 2° apart.
 */
export type RollupKind = { readonly kind: 'plain' } | { readonly kind: 'counter' } | { readonly kind: 'angle'; readonly fullTurn: number }

/** By what the sensor says of itself: energy meters and counters count, units of angle go round. */
export function rollupKindOf({ kind, unit }: Pick<Sensor, 'kind' | 'unit'>): RollupKind {
  if (kind === 'counter' || kind === 'energy') return { kind: 'counter' }
  const known = unit === null ? undefined : unitOf(unit)
  if (known?.quantity !== 'angle') return { kind: 'plain' }
  return { kind: 'angle', fullTurn: (2 * Math.PI) / known.factor }
}
