import { Fault } from '../faults/fault.js'
import type { ReplaySpeed } from '../readings/replay-pace.js'

/** @throws Fault USAGE */
export function speedOf(given: string): ReplaySpeed {
  if (given === 'max') return 'max'
  const speed = Number(given)
  if (speed > 0 && Number.isFinite(speed)) return speed
  throw new Fault('USAGE', {
    message: `--speed ${given} is no speed`,
    because: 'expected a number above 0, or max',
    advice: { help: '--speed 10' },
  })
}
