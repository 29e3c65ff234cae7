import type { Provenance } from '../reports/provenance.js'
import { systemClock } from './system-clock.js'

/** Where a report comes from: the program, and the flags that shaped it. */
export function reportProvenance(made: {
  readonly version: string
  readonly target: string
  readonly flags: Readonly<Record<string, unknown>>
}): Provenance {
  const parameters = Object.entries(made.flags).flatMap(([name, value]) =>
    name === 'report' || (typeof value !== 'string' && typeof value !== 'number' && !Array.isArray(value))
      ? []
      : `--${name} ${[value].flat().join(' ')}`,
  )
  return { tool: `chatterfix ${made.version}`, target: made.target, parameters, madeAt: new Date(systemClock.now() / 1000).toISOString() }
}
