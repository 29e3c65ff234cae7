import type { Log } from '../drivers/contract.js'
import type { Clock } from '../readings/clock.js'
import { countOf, type Freight } from '../readings/measurement.js'
import type { EpochMicros } from '../readings/time.js'
import type { RunStart, Sink, Tally } from '../sinks/contract.js'
import { addSensor, emptyState, type LiveState } from './live/live-state.js'
import { keepLog, textWithFacts } from './live/log-ring.js'
import { reduceFreight } from './live/reduce.js'

/** What a recording beside the dashboard says of itself; asked at every frame. */
export interface RecordingState {
  readonly path: string
  /** At most so much is lost when the recorder is killed. */
  readonly flushIntervalMs: number
  readonly tally: Tally
}

/** What the dashboard draws from. The road writes into it at its own pace; frames read it at theirs. */
export interface DashboardStore {
  readonly live: LiveState
  readonly clock: Clock
  /** Monotonic, in ms, of the moment when the run began. */
  readonly startedMs: () => number
  /** Whether the run replays a recording: then `now` is the latest time that was replayed. */
  readonly isReplay: () => boolean
  readonly site: () => string | null
  readonly hasEnded: () => boolean
  readonly recording?: () => RecordingState
}

export interface DashboardSinkOptions {
  readonly clock: Clock
  readonly recording?: () => RecordingState
}

export interface DashboardSink extends Sink {
  readonly store: DashboardStore
  /** For what would tear the picture if it went to stderr: all of it is in the log, warnings are events as well. */
  readonly log: Log
}

/** The dashboard's sink: keeps the latest of everything. When it lags, older freight is dropped by the road and counted there. */
export function createDashboardSink(options: DashboardSinkOptions): DashboardSink {
  const { clock } = options
  const live = emptyState(clock.now())
  let taken = 0
  let startedMs = clock.monotonicMs()
  let site: string | null = null
  let isReplay = false
  let hasEnded = false
  const store: DashboardStore = {
    live,
    clock,
    startedMs: () => startedMs,
    isReplay: () => isReplay,
    site: () => site,
    hasEnded: () => hasEnded,
    ...(options.recording ? { recording: options.recording } : {}),
  }
  return {
    name: 'dashboard',
    policy: 'latest',
    store,
    log: {
      note: (text, facts) => keepLog(live.log, { at: clock.now(), level: 'note', text: textWithFacts(text, facts) }),
      warn: (text, facts) => {
        const at = clock.now()
        keepLog(live.log, { at, level: 'warning', text: textWithFacts(text, facts) })
        reduceFreight(live, { kind: 'event', at, event: 'device', severity: 'warning', text, sensors: [] })
      },
    },
    start(run: RunStart): Promise<void> {
      startedMs = clock.monotonicMs()
      live.startedAt = run.startedAt
      live.assets = run.assets
      site = run.site
      isReplay = run.sensors.some((sensor) => sensor.address.startsWith('recording:'))
      for (const sensor of run.sensors) addSensor(live, sensor)
      for (const line of live.lines) line.since = run.startedAt
      return Promise.resolve()
    },
    take(freight: Freight): void {
      reduceFreight(live, freight)
      taken += countOf(freight)
    },
    close(): Promise<void> {
      hasEnded = true
      return Promise.resolve()
    },
    tally: () => ({ stored: taken, buffered: 0, dropped: 0, drops: [] }),
  }
}

/** How old a reading is, in ms; negative where the source's clock is ahead of ours. */
export function ageMs(live: LiveState, row: number, now: EpochMicros): number {
  return (now - (live.measuredAt[row] ?? now)) / 1000
}
