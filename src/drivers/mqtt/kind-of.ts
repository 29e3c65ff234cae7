import { kindOfQuantity } from '../../readings/kind-of-quantity.js'
import type { SensorKind } from '../../readings/sensor.js'
import { unitOf } from '../../readings/unit.js'

/** Only words that mean one thing: `current` may be the present value, `power` a switch. */
const BY_NAME: readonly (readonly [RegExp, SensorKind])[] = [
  [/(^|[^a-z])(temperature|temp)$/i, 'temperature'],
  [/(^|[^a-z])pressure$/i, 'pressure'],
  [/(^|[^a-z])humidity$/i, 'humidity'],
  [/(^|[^a-z])(level|fill-level)$/i, 'level'],
  [/(^|[^a-z])(displacement|vibration-displacement)$/i, 'displacement'],
]

/** Quantities that leave several kinds open, so that a name may settle it. */
const OPEN_QUANTITIES: ReadonlySet<string> = new Set(['length', 'ratio', 'volume'])

/** What a point measures, where its stated unit or its name leaves no doubt; `other` where they do. */
export function kindOf(name: string, unit: string | null): SensorKind {
  const known = unit === null ? undefined : unitOf(unit)
  if (known && !OPEN_QUANTITIES.has(known.quantity)) return kindOfQuantity(known.quantity)
  // An unknown unit says that we do not understand the point.
  if (unit !== null && !known) return 'other'
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? 'other'
}
