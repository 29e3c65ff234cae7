import type { Gap } from '../readings/measurement.js'

/** A gap during which the wall clock was set back would end before it began: how long it was nobody can read off the clock, only where it ended. */
export function forwardGap(gap: Gap): Gap {
  return gap.to < gap.from ? { ...gap, from: gap.to } : gap
}
