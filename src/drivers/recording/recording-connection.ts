import type { Freight } from '../../readings/measurement.js'
import type { ReplayPace } from '../../readings/replay-pace.js'
import { type EpochMicros, parseMicros } from '../../readings/time.js'
import { type DuckdbSession, openDuckdb } from '../../recordings/duckdb-session.js'
import type { RecordingView } from '../../recordings/open-recording.js'
import { anyWasReplaced, readRecording } from '../../recordings/read-recording.js'
import { readSlice, type SliceRows } from '../../recordings/read-slice.js'
import { readStanding } from '../../recordings/read-standing.js'
import { sliceByTime, type TimeSlice, touching } from '../../recordings/time-slices.js'
import { unreadablePart } from '../../recordings/unreadable-part.js'
import type { Connection, Surroundings } from '../contract.js'
import { asDriverFault } from './driver-fault.js'
import { mergeSlice, type Timed, type WantedKeys } from './merge-slice.js'

/** About how many readings are in memory at once. */
const SLICE_WEIGHT = 100_000
const MEMORY_LIMIT_MB = 1024

export interface ReplayPlan {
  readonly view: RecordingView
  readonly wanted: WantedKeys
  readonly speed: number | 'max'
  /** [from, to) of recorded time; open where it is null. */
  readonly from: EpochMicros | null
  readonly to: EpochMicros | null
}

/** A recording being replayed: what was in it at opening, in the order of its times, at the pace that was asked for. */
export class RecordingConnection implements Connection {
  readonly #plan: ReplayPlan
  readonly #around: Surroundings
  readonly #disposed = new AbortController()
  readonly #ended: AbortSignal
  #session: Promise<DuckdbSession> | null = null
  /** The read under way; DuckDB must not be closed under it. */
  #reading: Promise<unknown> = Promise.resolve()

  constructor(plan: ReplayPlan, around: Surroundings) {
    this.#plan = plan
    this.#around = around
    this.#ended = AbortSignal.any([around.signal, this.#disposed.signal])
  }

  async *measurements(): AsyncIterable<Freight> {
    try {
      const { pace } = this.#around
      if (pace) yield* this.#steered(pace)
      else yield* this.#straight()
    } catch (thrown) {
      if (!this.#ended.aborted) throw asDriverFault(await unreadablePart(this.#plan.view, thrown))
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed.abort()
    const session = await this.#session
    this.#session = null
    session?.connection.interrupt()
    await this.#reading
    session?.close()
  }

  async *#straight(): AsyncGenerator<Freight> {
    const pace = this.#pace()
    for await (const { at, freight } of this.#recorded(this.#plan.from)) {
      await pace(at)
      if (this.#ended.aborted) return
      yield freight
    }
  }

  /** As somebody who looks at it wants it; ends with the run only. */
  async *#steered(pace: ReplayPace): AsyncGenerator<Freight> {
    let { from } = this.#plan
    pace.begin(spanOf(this.#plan))
    while (!this.#ended.aborted) {
      for await (const { at, freight } of this.#recorded(from)) {
        const turn = await pace.turn(at, this.#ended)
        if (this.#ended.aborted) return
        if (turn === 'elsewhere') break
        yield freight
      }
      await pace.rest(this.#ended)
      const target = pace.takeTarget()
      if (!target) return
      from = target.from
      yield target.landing
      for (const { freight } of await this.#standing(from)) yield freight
    }
  }

  async *#recorded(from: EpochMicros | null): AsyncGenerator<Timed> {
    if (this.#ended.aborted) return
    const { wanted } = this.#plan
    this.#session ??= openDuckdb({ memoryLimitMb: MEMORY_LIMIT_MB })
    const { connection } = await this.#session
    for (const slice of this.#slices(from)) {
      if (this.#ended.aborted) return
      const reading = this.#read(connection, slice)
      this.#reading = reading.catch(() => undefined)
      yield* mergeSlice(await reading, wanted)
    }
  }

  /** What was known at a time: sensors that speak seldom have nothing to say soon after it. */
  async #standing(before: EpochMicros): Promise<readonly Timed[]> {
    if (this.#ended.aborted || !this.#session) return []
    const { wanted } = this.#plan
    const { connection } = await this.#session
    const reading = this.#now((view) => readStanding(connection, view, { before, sensors: [...wanted.keys()] }))
    this.#reading = reading.catch(() => undefined)
    return (await reading).flatMap((rows) => [...mergeSlice(rows, wanted)])
  }

  #slices(begin: EpochMicros | null): TimeSlice[] {
    const { parts } = this.#plan.view
    const from = begin ?? Number.NEGATIVE_INFINITY
    const to = this.#plan.to ?? Number.POSITIVE_INFINITY
    const slices = sliceByTime(parts, SLICE_WEIGHT).map((slice) => ({
      ...slice,
      from: Math.max(slice.from, from),
      to: Math.min(slice.to, to),
    }))
    return slices.filter((slice) => slice.from < slice.to).map((slice) => ({ ...slice, parts: touching(slice.parts, slice) }))
  }

  async #read(connection: DuckdbSession['connection'], slice: TimeSlice): Promise<SliceRows> {
    const sensors = [...this.#plan.wanted.keys()]
    return await this.#now((view) => {
      const parts = view === this.#plan.view ? slice.parts : touching(view.parts, slice)
      return readSlice(connection, view, { slice: { ...slice, parts }, sensors })
    })
  }

  /** A recording that is still being made merges its parts meanwhile: then what stands for them is read. */
  async #now<Read>(read: (view: RecordingView) => Promise<Read>): Promise<Read> {
    const { view } = this.#plan
    try {
      return await read(view)
    } catch (thrown) {
      if (!(await anyWasReplaced([view]))) throw thrown
      return await readRecording(view.folder, read)
    }
  }

  /** Waits until it is the turn of a recorded moment; the first one's turn is now. */
  #pace(): (at: EpochMicros) => Promise<void> {
    const { clock } = this.#around
    const { speed } = this.#plan
    let begin: { readonly at: EpochMicros; readonly ms: number } | null = null
    return async (at) => {
      if (speed === 'max') return
      begin ??= { at, ms: clock.monotonicMs() }
      const waitMs = begin.ms + (at - begin.at) / 1000 / speed - clock.monotonicMs()
      if (waitMs > 0) await clock.sleep(waitMs, this.#ended)
    }
  }
}

/** Of what is replayed: of the parts, as far as they were asked for. */
function spanOf({ view, from, to }: ReplayPlan): { readonly from: EpochMicros; readonly to: EpochMicros } {
  const begins = view.parts.map((part) => parseMicros(part.from) ?? Number.POSITIVE_INFINITY)
  const ends = view.parts.map((part) => parseMicros(part.to) ?? Number.NEGATIVE_INFINITY)
  const first = begins.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY)
  const last = ends.reduce((most, at) => Math.max(most, at), Number.NEGATIVE_INFINITY)
  return { from: Math.max(first, from ?? first), to: Math.min(last, to ?? last) }
}
