import { canonicalJson } from './canonical-json.js'
import type { SensorConfiguration } from './sensor-configuration.js'

export interface FieldChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/** What would be done to one sensor. */
export interface Action {
  readonly action: 'create' | 'update' | 'delete'
  readonly name: string
  /** For an update, the fields that differ. */
  readonly changes: readonly FieldChange[]
}

/** What leads from one state of a sensor to another; undefined where they are the same. */
export function actionBetween(name: string, before: SensorConfiguration | null, after: SensorConfiguration | null): Action | undefined {
  if (before === null) return after === null ? undefined : { action: 'create', name, changes: [] }
  if (after === null) return { action: 'delete', name, changes: [] }
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof SensorConfiguration)[]
  const changes = fields.flatMap((field) =>
    isSame(before[field], after[field]) ? [] : [{ field, before: before[field] ?? null, after: after[field] ?? null }],
  )
  return changes.length === 0 ? undefined : { action: 'update', name, changes }
}

/** As the ETag sees it: order of names and the sign of zero say nothing. */
function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null)
}
