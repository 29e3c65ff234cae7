import type { Provenance } from '../reports/provenance.js'
import { systemClock } from './system-clock.js'

/** How it was worked on and where to: nothing of that shapes what is said. */
const NOT_ABOUT_THE_DATA: ReadonlySet<string> = new Set(['report', 'out', 'jobs', 'json'])

/** Where a report comes from: the program, and the flags that shaped it. */
export function reportProvenance(made: {
  readonly version: string
  readonly target: string
  readonly flags: Readonly<Record<string, unknown>>
}): Provenance {
  const parameters = Object.entries(made.flags).flatMap(([name, value]) =>
    NOT_ABOUT_THE_DATA.has(name) ||
    (name === 'pulses' && made.flags['tacho'] === undefined) ||
    (typeof value !== 'string' && typeof value !== 'number' && !Array.isArray(value))
      ? []
      : `--${name} ${[value].flat().join(' ')}`,
  )
  return { tool: `chatterfix ${made.version}`, target: made.target, parameters, madeAt: new Date(systemClock.now() / 1000).toISOString() }
}
