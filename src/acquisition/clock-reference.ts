import type { Surroundings } from '../drivers/contract.js'
import type { ClockComparison } from '../readings/clock.js'
import type { Freight } from '../readings/measurement.js'

/** Compares this machine's clock with a better one; never rejects. */
export type CompareClock = (signal: AbortSignal) => Promise<ClockComparison>

const EVERY_MS = 3_600_000
/** Beyond this, times of this machine and of others do not fit together. */
const NOTABLE_MS = 1000

/** Compares the clock every hour and says how far it is off, as an event. */
export async function watchReference(
  around: Surroundings,
  compare: CompareClock,
  deliver: (freight: Freight) => Promise<void>,
): Promise<void> {
  while (!around.signal.aborted) {
    await around.clock.sleep(EVERY_MS, around.signal)
    if (around.signal.aborted) return
    await deliver(comparisonEvent(await compare(around.signal), around.clock.now()))
  }
}

export function comparisonEvent(comparison: ClockComparison, at: number): Freight {
  const severity = comparison.offsetMs !== null && Math.abs(comparison.offsetMs) >= NOTABLE_MS ? 'warning' : 'note'
  return { kind: 'event', at, event: 'clock', severity, text: describeComparison(comparison), sensors: [] }
}

export function describeComparison(comparison: ClockComparison): string {
  if (comparison.offsetMs === null) return `how far this machine’s clock is off is not known: ${comparison.because}`
  const { offsetMs, server, roundTripMs, stratum } = comparison
  const side = offsetMs < 0 ? 'ahead of' : 'behind'
  return `this machine’s clock is ${inMs(Math.abs(offsetMs))} ${side} ${server} (stratum ${stratum}, ± ${inMs(roundTripMs / 2)})`
}

function inMs(ms: number): string {
  return ms >= 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${ms.toFixed(1)} ms`
}
