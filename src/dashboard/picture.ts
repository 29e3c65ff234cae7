import type { StimulusAnswer } from '../commissioning/find-response.js'
import type { Sheets } from '../commissioning/sheet.js'
import type { LineTraffic } from '../drivers/line-traffic.js'
import type { SensorKey } from '../readings/measurement.js'
import type { Moment } from './live/condition.js'
import type { LiveState } from './live/live-state.js'
import type { LayoutFile } from './panes/saved-layout.js'
import type { DashboardState } from './screen/dashboard-state.js'
import type { SpectrumSource } from './spectra/spectrum-answer.js'
import type { RecordingState } from './store.js'
import type { WorkFacts } from './work-facts.js'

/** The desk where sensors are commissioned, as a frame sees it. */
export interface CommissioningFacts {
  readonly sheets: Sheets
  readonly armed: { readonly sensor: SensorKey; readonly answer: StimulusAnswer } | null
  /** The file that keeps it; null: it is gone at the end. */
  readonly path: string | null
  readonly trouble: string | null
}

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
  /** What is written down about sensors; null where this run keeps no sheet. */
  readonly commissioning: CommissioningFacts | null
  /** Recordings, replay, licence, writing: what this run can do. */
  readonly work: WorkFacts
  /** What was asked on a line; left out where nobody counts. */
  readonly traffic?: ((line: string) => LineTraffic | null) | undefined
  readonly raw?: ((sensor: SensorKey) => string | null) | undefined
  /** Works spectra out for whoever asks; left out where nobody does. */
  readonly spectra?: SpectrumSource
}
