import type { Log } from '../drivers/contract.js'
import type { Clock } from '../readings/clock.js'
import { countOf, type Freight, type Happening, type SensorKey } from '../readings/measurement.js'
import type { ReplayPace } from '../readings/replay-pace.js'
import type { EpochMicros } from '../readings/time.js'
import type { RunStart, Sink, Tally } from '../sinks/contract.js'
import { addSensor, emptyState, type LiveState } from './live/live-state.js'
import { keepLog, textWithFacts } from './live/log-ring.js'
import { alarmWatch } from './live/look-after-alarms.js'
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
  /** Whether the run replays a recording. */
  readonly isReplay: () => boolean
  /** What a picture calls now: of a replay, the recorded time at which it is. */
  readonly now: () => EpochMicros
  readonly site: () => string | null
  readonly hasEnded: () => boolean
  readonly recording?: () => RecordingState | null
  /** Something that a person did or noted: into the events, and to every other sink, so that a recording keeps it. */
  readonly tell: (happening: Happening) => void
  /** Whoever sits before the screen; empty where nobody knows. */
  readonly who: string
}

export interface DashboardSinkOptions {
  readonly clock: Clock
  readonly who?: string
  /** Of a replay that is steered: where it goes elsewhere the picture begins anew. */
  readonly pace?: ReplayPace
  readonly recording?: () => RecordingState | null
  /** The connection that a sensor shares, as the road names it. */
  readonly lineOf?: ReadonlyMap<SensorKey, string>
}

export interface DashboardSink extends Sink {
  readonly store: DashboardStore
  /** For what would tear the picture if it went to stderr: all of it is in the log, warnings are events as well. */
  readonly log: Log
}

/** The dashboard's sink: keeps the latest of everything. When it lags, older freight is dropped by the road and counted there. */
export function createDashboardSink(options: DashboardSinkOptions): DashboardSink {
  const { clock, lineOf = new Map() } = options
  let live = emptyState(clock.now())
  let described: RunStart | undefined
  let taken = 0
  let startedMs = clock.monotonicMs()
  let site: string | null = null
  let isReplay = false
  let hasEnded = false
  let tellOthers: ((happening: Happening) => void) | undefined
  const lookAfterAlarms = alarmWatch(clock)
  const tellNews = (): void => {
    lookAfterAlarms(live, isReplay ? live.newestAt : clock.now())
    for (const happening of live.news.splice(0)) tellOthers?.(happening)
  }
  let silence: NodeJS.Timeout | undefined
  const store: DashboardStore = {
    get live() {
      return live
    },
    clock,
    startedMs: () => startedMs,
    isReplay: () => isReplay,
    now() {
      const replayed = Math.max(live.newestAt, options.pace?.facts.position ?? 0)
      return isReplay && replayed > 0 ? replayed : clock.now()
    },
    site: () => site,
    hasEnded: () => hasEnded,
    who: options.who ?? '',
    tell(happening) {
      reduceFreight(live, happening)
      tellOthers?.(happening)
    },
    ...(options.recording ? { recording: options.recording } : {}),
  }
  return {
    name: 'dashboard',
    // A replay loses nothing by waiting for its picture.
    policy: options.pace ? 'wait' : 'latest',
    store,
    log: logInto(() => live, clock),
    start(run: RunStart, tell): Promise<void> {
      tellOthers = tell
      startedMs = clock.monotonicMs()
      described = run
      site = run.site
      isReplay = run.sensors.some((sensor) => sensor.address.startsWith('recording:'))
      describe(live, run, { readings: isReplay ? 'of-then' : 'of-now', lineOf })
      // A plant that says nothing is no reason to keep an alarm back.
      silence = setInterval(tellNews, SILENCE_LOOK_MS)
      silence.unref()
      return Promise.resolve()
    },
    take(freight: Freight): void {
      if (options.pace?.isLanding(freight) && freight.kind === 'event') {
        live = afterJump(live, freight.at)
        if (described) describe(live, described, { readings: 'of-then', lineOf })
        return
      }
      reduceFreight(live, freight)
      tellNews()
      taken += countOf(freight)
    },
    close(): Promise<void> {
      hasEnded = true
      clearInterval(silence)
      return Promise.resolve()
    },
    tally: () => ({ stored: taken, buffered: 0, dropped: 0, drops: [] }),
  }
}

/** What is noted while the road lives; warnings stand among the events too. */
function logInto(live: () => LiveState, clock: Clock): Log {
  return {
    note: (text, facts) => keepLog(live().log, { at: clock.now(), level: 'note', text: textWithFacts(text, facts) }),
    warn: (text, facts) => {
      const at = clock.now()
      keepLog(live().log, { at, level: 'warning', text: textWithFacts(text, facts) })
      reduceFreight(live(), { kind: 'event', at, event: 'device', severity: 'warning', text, sensors: [] })
    },
  }
}

/** What a run says of itself before it begins. */
function describe(
  live: LiveState,
  { startedAt, assets, sensors }: RunStart,
  { readings, lineOf }: { readonly readings: LiveState['readings']; readonly lineOf: ReadonlyMap<SensorKey, string> },
): void {
  live.startedAt = startedAt
  live.assets = assets
  live.readings = readings
  for (const sensor of sensors) addSensor(live, sensor, lineOf.get(sensor.key))
  for (const line of live.lines) line.since = startedAt
}

const SILENCE_LOOK_MS = 1000

/** How old a reading is, in ms; negative where the source's clock is ahead of ours. */
export function ageMs(live: LiveState, row: number, now: EpochMicros): number {
  return (now - (live.measuredAt[row] ?? now)) / 1000
}

/** A replay went elsewhere: nothing that was known of the plant holds there, but what was said and done does. */
function afterJump({ log, attention, eventCount }: LiveState, at: EpochMicros): LiveState {
  return { ...emptyState(at), log, attention, eventCount, newestAt: at }
}
