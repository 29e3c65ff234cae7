import type { Resolved } from '../acquisition/resolve-sensors.js'
import type { RunningRoad } from '../acquisition/running-road.js'
import type { Log } from '../drivers/contract.js'
import type { Clock } from '../readings/clock.js'
import { type Pulse, RecordingPulse } from './recording-pulse.js'
import type { ServiceNotifier } from './service-notifier.js'
import { reloadSite } from './site-reload.js'
import { type RecordingState, statusDocument, statusLine } from './status-document.js'
import type { StatusPlace } from './status-place.js'

const TELL_EVERY_MS = 1000
/** Where nobody waits for a sign of life, the service manager's line is renewed so often. */
const LINE_EVERY_MS = 10_000

export interface RecordingAttendance {
  readonly clock: Clock
  readonly log: Log
  readonly pid: number
  readonly notifier: ServiceNotifier
  /** How often the service manager wants a sign of life; undefined where it waits for none. */
  readonly watchdogMs: number | undefined
  /** CLOCK_MONOTONIC, as systemd counts. */
  readonly monotonicMicros: () => bigint
  readonly status: StatusPlace | null
  readonly recording: () => RecordingState & Pulse & { readonly flushIntervalMs: number }
  readonly reload: () => Promise<Resolved | null>
  /** Calls back whenever somebody wants the site file read again; returns how to end that. */
  readonly onReloadWish: (wish: () => void) => () => void
  /** For people. */
  readonly say: (text: string) => void
}

/** Looks after a recording that runs without a screen: tells how it is, gives signs of life while it is well, reads the site file again when asked. */
export function attendRecording(attendance: RecordingAttendance): (road: RunningRoad) => Promise<void> {
  return async (road) => {
    const { notifier, status, onReloadWish } = attendance
    const reloads = new Reloads(attendance, road)
    const forget = onReloadWish(() => reloads.wish())
    try {
      const isReady = road.ready.then((outcome) => (outcome === 'ready' ? notifier.ready(lineOf(attendance, road)) : undefined))
      await tellInRhythm(attendance, road)
      await Promise.all([isReady, reloads.settled(), notifier.stopping()])
    } finally {
      forget()
      await status?.close()
    }
  }
}

async function tellInRhythm(attendance: RecordingAttendance, road: RunningRoad): Promise<void> {
  const { clock, log, notifier, watchdogMs, status, recording } = attendance
  const { flushIntervalMs } = recording()
  const pulse = new RecordingPulse(recording, clock, flushIntervalMs + 2 * (watchdogMs ?? LINE_EVERY_MS))
  const everyMs = watchdogMs ?? LINE_EVERY_MS
  let dueMs = clock.monotonicMs() + everyMs
  while (!road.signal.aborted) {
    await status?.tell(documentOf(attendance, road))
    const hangsForMs = pulse.hangsForMs()
    if (hangsForMs !== null)
      log.warn(`nothing has been written for long, though there is something to write: the disk of ${recording().folder} hangs`)
    if (clock.monotonicMs() >= dueMs) {
      dueMs = clock.monotonicMs() + everyMs
      const line = lineOf(attendance, road)
      // Not waited for: a service manager that hangs does not keep us from telling others.
      if (watchdogMs === undefined) void notifier.status(line)
      else if (hangsForMs === null) void notifier.alive(line)
    }
    await clock.sleep(Math.min(TELL_EVERY_MS, Math.max(1, dueMs - clock.monotonicMs())), road.signal)
  }
}

function documentOf({ clock, pid, recording }: RecordingAttendance, road: RunningRoad): ReturnType<typeof statusDocument> {
  return statusDocument(road.status(), { pid, now: clock.now(), recording: recording() })
}

function lineOf(attendance: RecordingAttendance, road: RunningRoad): string {
  return statusLine(documentOf(attendance, road))
}

/** One after the other; of several wishes during one, one more. */
class Reloads {
  readonly #attendance: RecordingAttendance
  readonly #road: RunningRoad
  #running: Promise<void> | undefined
  #isWishedAgain = false

  constructor(attendance: RecordingAttendance, road: RunningRoad) {
    this.#attendance = attendance
    this.#road = road
  }

  wish(): void {
    this.#isWishedAgain = true
    this.#running ??= this.#work()
  }

  async settled(): Promise<void> {
    await this.#running
  }

  async #work(): Promise<void> {
    const { notifier, monotonicMicros } = this.#attendance
    while (this.#isWishedAgain && !this.#road.signal.aborted) {
      this.#isWishedAgain = false
      void notifier.reloading(monotonicMicros())
      await reloadSite({ ...this.#attendance, road: this.#road })
      if (!this.#road.signal.aborted) void notifier.ready(lineOf(this.#attendance, this.#road))
    }
    this.#running = undefined
  }
}
