import type { Moment } from './live/condition.js'
import type { LiveState } from './live/live-state.js'
import type { LayoutFile } from './panes/saved-layout.js'
import type { DashboardState } from './screen/dashboard-state.js'
import type { RecordingState } from './store.js'

/** Everything that a frame is made of. Views are functions of this, of their own state and of a size, and of nothing else. */
export interface Picture {
  readonly live: LiveState
  /** What the person chose. */
  readonly screen: DashboardState
  readonly moment: Moment
  readonly title: string
  readonly elapsedMs: number
  /** Readings per second lately; null while unknown. */
  readonly ratePerS: number | null
  readonly recording: RecordingState | null
  readonly hasEnded: boolean
  /** For the wall-clock times of events. */
  readonly utcOffsetMinutes: number
  readonly bandwidth: 'normal' | 'low'
  /** A short word to the person, e.g. `mark set`; null where there is none. */
  readonly notice: string | null
  /** Those that were saved, by name. */
  readonly layouts: readonly LayoutFile[]
}
