import type { Surroundings } from '../drivers/contract.js'
import type { Freight, SensorKey } from '../readings/measurement.js'
import type { EpochMicros } from '../readings/time.js'
import { gapOf, type Line, type OpenBreak } from './line.js'
import { Overlap } from './overlap.js'
import { RunningLine } from './running-line.js'
import { isSameForDriver } from './sensor-changes.js'

/** How long a second connection may take to open before the first one is ended for it. */
const OPENING_MS = 10_000
const OPENED_ANEW = 'the line was opened anew, as its sensors were changed'

interface RoadLinesParts {
  readonly around: Surroundings
  readonly deliver: (freight: Freight) => Promise<void>
  readonly onState: (running: RunningLine) => Promise<void>
  /** When the latest reading of a sensor was measured. */
  readonly latest: (key: SensorKey) => EpochMicros | undefined
}

/** The lines of a run. They may be changed while it lasts: lines that stay as they are do not notice. */
export class RoadLines {
  readonly #parts: RoadLinesParts
  readonly #running = new Map<string, RunningLine>()
  readonly #allEnded = Promise.withResolvers<void>()
  /** Lines that run and changes that are under way. */
  #busy = 0

  constructor(parts: RoadLinesParts) {
    this.#parts = parts
  }

  get running(): readonly RunningLine[] {
    return [...this.#running.values()]
  }

  /** Stretches without a line that had not ended when the line did. */
  get openBreaks(): readonly (readonly [Line, OpenBreak])[] {
    return this.running.flatMap(({ line, openBreak }) => (openBreak ? [[line, openBreak] as const] : []))
  }

  /** Opens these; resolves when all of them, and those that came in their place, have ended. */
  async run(lines: readonly Line[]): Promise<void> {
    this.#busy++
    for (const line of lines) this.#start(line)
    this.#rest()
    await this.#allEnded.promise
  }

  /**
   * From now on these. Gone ones are ended first: what they held may be what a new one needs. One that stays the same is left alone, unless it had
   * given up; one whose sensors changed is handed over.
   */
  async change(lines: readonly Line[]): Promise<void> {
    this.#busy++
    try {
      const wanted = new Set(lines.map(({ name }) => name))
      const gone = this.running.filter(({ line }) => !wanted.has(line.name))
      await Promise.all(
        gone.map(async (running) => {
          await this.#end(running)
          this.#running.delete(running.line.name)
        }),
      )
      await Promise.all(lines.map((line) => this.#settle(line)))
    } finally {
      this.#rest()
    }
  }

  async #settle(line: Line): Promise<void> {
    const old = this.#running.get(line.name)
    if (old === undefined) this.#start(line)
    else if (old.state === 'failed' || !isSameForDriver(old.line.sensors, line.sensors)) await this.#handOver(old, line)
  }

  async #handOver(old: RunningLine, line: Line): Promise<void> {
    if (old.state === 'open' && line.connections !== 'one' && (await this.#besideOld(old, line))) return
    const { clock } = this.#parts.around
    const at = clock.now()
    await this.#end(old)
    const graceMs = Math.min(...line.sensors.map(({ periodMs }) => periodMs))
    this.#start(line, old.state === 'failed' ? {} : { reopening: { at, graceMs, cause: OPENED_ANEW } })
  }

  /** @returns false where the far end would not have a second connection. */
  async #besideOld(old: RunningLine, line: Line): Promise<boolean> {
    const { around, deliver, latest } = this.#parts
    const overlap = new Overlap({ keys: old.line.sensors.map(({ key }) => key), latest, clock: around.clock, deliver })
    old.listener = (freight) => overlap.hear(freight)
    const next = this.#launch(line, { deliver: (freight) => overlap.take(freight) })
    const enough = new AbortController()
    const late = around.clock.sleep(OPENING_MS, enough.signal).then(() => 'failed' as const)
    const outcome = await Promise.race([next.firstAttempt, late])
    enough.abort()
    if (outcome === 'failed' && !around.signal.aborted) {
      // What it had to say is that it could not connect; the line is not worse for it yet.
      await next.stop()
      return false
    }
    await old.drained(around.clock.now())
    await this.#end(old)
    this.#running.set(line.name, next)
    await overlap.release()
    return true
  }

  async #end(running: RunningLine): Promise<void> {
    await running.stop()
    const { openBreak, line } = running
    running.openBreak = undefined
    if (openBreak) await this.#parts.deliver(gapOf(line, openBreak, this.#parts.around.clock.now()))
  }

  #start(line: Line, options: Pick<ConstructorParameters<typeof RunningLine>[0], 'reopening'> = {}): void {
    this.#running.set(line.name, this.#launch(line, { deliver: this.#parts.deliver, ...options }))
  }

  #launch(line: Line, options: Pick<ConstructorParameters<typeof RunningLine>[0], 'reopening' | 'deliver'>): RunningLine {
    this.#busy++
    const { around, onState } = this.#parts
    const running = new RunningLine({ line, around, onState, ...options })
    void running.ended.then(() => this.#rest())
    return running
  }

  #rest(): void {
    if (--this.#busy === 0) this.#allEnded.resolve()
  }
}
