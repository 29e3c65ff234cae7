import { SENSOR_KINDS } from './sensor.js'

/** What a key of a file wants, in words, with a line that is right. */
export interface Field {
  readonly expected: string
  readonly example: string
}

export type Fields = Readonly<Record<string, Field>>

/** What is said in the same words in every kind of file: what a value is, and what it may be. */
export const VALUE_FIELDS = {
  kind: { expected: `one of ${SENSOR_KINDS.join(', ')}`, example: 'kind: temperature' },
  unit: { expected: 'a unit of the unit table', example: 'unit: °C' },
  range: { expected: 'low and high, low below high', example: 'range: { low: 0, high: 150 }' },
  low: { expected: 'a number in the value’s unit', example: 'low: 0' },
  high: { expected: 'a number in the value’s unit', example: 'high: 150' },
  limits: {
    expected: 'some of critical_low ≤ warning_low ≤ warning_high ≤ critical_high',
    example: 'limits: { warning_high: 80, critical_high: 95 }',
  },
  'limits.deadband': {
    expected: 'a number from 0 in the value’s unit: how far a value must be back to end an alarm',
    example: 'limits: { warning_high: 80, deadband: 2 }',
  },
  on_delay: {
    expected: 'a duration from 1ms to 1d: how long a value must be beyond a limit to raise an alarm',
    example: 'limits: { warning_high: 80, on_delay: 5s }',
  },
  off_delay: {
    expected: 'a duration from 1ms to 1d: how long a value must be back to end an alarm',
    example: 'limits: { warning_high: 80, off_delay: 10s }',
  },
  critical_low: { expected: 'a number in the value’s unit', example: 'critical_low: 5' },
  warning_low: { expected: 'a number in the value’s unit', example: 'warning_low: 10' },
  warning_high: { expected: 'a number in the value’s unit', example: 'warning_high: 80' },
  critical_high: { expected: 'a number in the value’s unit', example: 'critical_high: 95' },
} as const satisfies Fields

/** What stands at a path wants: the innermost key that has a name decides, or what it means below the one around it; `file` where none has. */
export function fieldIn(fields: Fields, file: Field, path: readonly PropertyKey[]): Field {
  const names = path.filter((step) => typeof step === 'string')
  const name = names.at(-1)
  const below = names.slice(-2).join('.')
  if (Object.hasOwn(fields, below) && fields[below]) return fields[below]
  return (name !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined) ?? file
}
