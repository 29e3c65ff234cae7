import type { Surroundings } from '../drivers/contract.js'
import type { Freight } from '../readings/measurement.js'

const LOOK_EVERY_MS = 1000
/** Smaller differences are slewing and scheduling. */
const STEP_MS = 500

/** Notices when the wall clock steps against the monotonic one (or the machine slept), and says so as an event. */
export async function watchClock(around: Surroundings, deliver: (freight: Freight) => Promise<void>): Promise<void> {
  const { clock, signal } = around
  let wallMs = clock.now() / 1000
  let monotonicMs = clock.monotonicMs()
  while (!signal.aborted) {
    await clock.sleep(LOOK_EVERY_MS, signal)
    const stepMs = clock.now() / 1000 - wallMs - (clock.monotonicMs() - monotonicMs)
    wallMs = clock.now() / 1000
    monotonicMs = clock.monotonicMs()
    if (signal.aborted || Math.abs(stepMs) < STEP_MS) continue
    const text = `the wall clock stepped by ${(stepMs / 1000).toFixed(3)} s against the monotonic clock`
    await deliver({ kind: 'event', at: clock.now(), event: 'clock', severity: 'warning', text, sensors: [] })
  }
}
