import { Fault, reasonOf } from '../../faults/fault.js'
import type { Clock } from '../../readings/clock.js'
import { countOf, type Freight } from '../../readings/measurement.js'
import type { Sensor } from '../../readings/sensor.js'
import type { EpochMicros } from '../../readings/time.js'
import { type BoxedMark, takeMarks } from '../../recordings/mark-box.js'
import { returnFreedMemory } from '../../recordings/return-memory.js'
import type { EndedBy, Refusal, RunStart, Sink, Tally } from '../contract.js'
import type { CompactionPace } from './background-compaction.js'
import { beginRecording, notWritable } from './begin-recording.js'
import { DropCount } from './drop-count.js'
import { bytesOf, FreightBuffer } from './freight-buffer.js'
import { RecordingFolder } from './recording-folder.js'
import { createSensorDictionary, type SensorDictionary } from './sensor-dictionary.js'

export const DEFAULT_FLUSH_INTERVAL_MS = 1000
const DEFAULT_MAX_BUFFERED_BYTES = 18 * 1024 * 1024
const DEFAULT_COMPACTION: CompactionPace = { everyMs: 5000 }
/** After so much has been written memory is given back, no more often than this. */
const RELIEF = { bytes: 6 * 1024 * 1024, everyMs: 500 } as const
/** How soon a disk that refused is tried again. */
const RETRY_MS = 1000

export interface RecordingSinkOptions {
  readonly folder: string
  /** At most so much is lost when the recorder is killed. */
  readonly flushIntervalMs?: number
  /** Waiting and being written together; beyond it `take` waits, or drops where the disk refuses. */
  readonly maxBufferedBytes?: number
  /** How small parts are merged meanwhile; `none` leaves them, for whoever compacts afterwards. */
  readonly compaction?: CompactionPace | 'none'
  readonly clock: Clock
  readonly log: {
    note(text: string, facts?: Readonly<Record<string, unknown>>): void
    warn(text: string, facts?: Readonly<Record<string, unknown>>): void
  }
}

export interface RecordingProgress {
  readonly folder: string
  readonly flushIntervalMs: number
  /** Of this run, like the tally. */
  readonly stored: number
  readonly buffered: number
  readonly dropped: number
  /** Of the whole recording. */
  readonly parts: number
  readonly gaps: number
  readonly bytes: number
  readonly lastFlushAt: EpochMicros | null
  /** How often the disk has answered: written, or refused to. Stands still where it hangs. */
  readonly answers: number
  /** Why nothing can be written at the moment; null where all is well. */
  readonly trouble: string | null
}

export interface RecordingSink extends Sink {
  readonly progress: RecordingProgress
}

/** Records into a folder of Parquet parts (README.md). Waits for a slow disk; for one that refuses it keeps what fits and counts the rest. */
export function createRecordingSink(options: RecordingSinkOptions): RecordingSink {
  return new FolderRecordingSink(options)
}

class FolderRecordingSink implements RecordingSink {
  readonly name = 'recording'
  readonly policy = 'wait'
  private readonly options: Required<RecordingSinkOptions>
  private readonly drops = new DropCount()
  private readonly ending = new AbortController()
  private folder: RecordingFolder | null = null
  private dictionary: SensorDictionary = createSensorDictionary([])
  private current = new FreightBuffer()
  /** What is being written, or could not be. */
  private pending: FreightBuffer | null = null
  /** Empty, but with grown columns: growing them anew each time costs more than filling them. */
  private spare = new FreightBuffer()
  private flushing: Promise<void> | null = null
  private rhythm: Promise<void> = Promise.resolve()
  private compaction: Promise<void> = Promise.resolve()
  private trouble: string | null = null
  /** Waiting for the flush that is under way. */
  private marks: BoxedMark[] = []
  private taken = 0
  private stored = 0
  private lastFlushAt: EpochMicros | null = null
  private answers = 0
  /** What has been written since memory was given back, and when that was. */
  private relief = { bytes: 0, at: 0 }

  constructor(options: RecordingSinkOptions) {
    this.options = {
      flushIntervalMs: DEFAULT_FLUSH_INTERVAL_MS,
      maxBufferedBytes: DEFAULT_MAX_BUFFERED_BYTES,
      compaction: DEFAULT_COMPACTION,
      ...options,
    }
  }

  get progress(): RecordingProgress {
    const { parts = 0, gaps = 0, bytes = 0 } = this.folder ?? {}
    const { folder, flushIntervalMs } = this.options
    const { stored, buffered, dropped } = this.tally()
    const { lastFlushAt, trouble, answers } = this
    return { folder, flushIntervalMs, stored, buffered, dropped, parts, gaps, bytes, lastFlushAt, trouble, answers }
  }

  async start(run: RunStart): Promise<void> {
    const { folder, flushIntervalMs, clock } = this.options
    const beginning = await beginRecording(folder, run, flushIntervalMs)
    this.dictionary = createSensorDictionary(beginning.manifest.sensors)
    this.folder = await RecordingFolder.open(folder, beginning, this.dictionary)
    if (beginning.resumes) for (const freight of this.folder.interruption(clock.now())) this.current.append(freight, this.dictionary)
    this.rhythm = this.flushInRhythm()
    this.compaction = this.compact(this.folder).catch((thrown: unknown) => {
      this.options.log.note(`small parts stay as they are: ${reasonOf(thrown)}`, { folder })
    })
  }

  /** They get into the manifest with the next flush, before a part names them. */
  extend(sensors: readonly Sensor[]): readonly Refusal[] {
    return this.dictionary.announce(sensors)
  }

  take(freight: Freight): Promise<void> | void {
    if (this.trouble === null && !this.hasRoomFor(freight)) return this.takeWhenFlushed(freight)
    this.settle(freight)
  }

  tally(): Tally {
    const buffered = this.current.count + (this.pending?.count ?? 0)
    return { stored: this.stored, buffered, dropped: this.drops.total, drops: this.drops.stretches }
  }

  async close(endedBy: EndedBy): Promise<void> {
    this.ending.abort()
    await Promise.all([this.rhythm, this.compaction])
    if (this.folder === null) return
    try {
      do await this.flush()
      while (this.trouble === null && !(this.pending === null && this.current.isEmpty))
      const lost = this.abandon()
      if (this.trouble !== null) throw notWritable(this.options.folder, `${this.trouble}; ${lost} measurements were lost`)
      await this.folder.finish(endedBy, this.options.clock.now(), { produced: this.taken, tally: this.tally() })
    } catch (thrown) {
      throw thrown instanceof Fault ? thrown : notWritable(this.options.folder, thrown)
    } finally {
      await this.folder.close()
    }
  }

  /** Half of the allowance fills while the other half is being written. */
  private hasRoomFor(freight: Freight): boolean {
    return this.current.isEmpty || this.current.bytes + bytesOf(freight) <= this.options.maxBufferedBytes / 2
  }

  private async takeWhenFlushed(freight: Freight): Promise<void> {
    while (!this.hasRoomFor(freight) && this.trouble === null) await this.flush()
    this.settle(freight)
  }

  private settle(freight: Freight): void {
    this.taken += countOf(freight)
    if (this.hasRoomFor(freight)) this.current.append(freight, this.dictionary)
    else this.drops.add(freight, this.trouble ?? 'the buffer was full')
  }

  private async compact(folder: RecordingFolder): Promise<void> {
    const { compaction: pace, clock, log } = this.options
    if (pace === 'none') return
    const { compactInBackground } = await import('./background-compaction.js')
    await compactInBackground({ folder, pace, clock, log, isTroubled: () => this.trouble !== null, signal: this.ending.signal })
  }

  private async flushInRhythm(): Promise<void> {
    const { clock, flushIntervalMs } = this.options
    while (!this.ending.signal.aborted) {
      await clock.sleep(this.trouble === null ? flushIntervalMs : Math.min(RETRY_MS, flushIntervalMs), this.ending.signal)
      if (this.ending.signal.aborted) return
      await this.flush()
      await this.relieve()
    }
  }

  /** Once what was written has been enough to leave much behind. What cannot be given back stays. */
  private async relieve(): Promise<void> {
    const now = this.options.clock.monotonicMs()
    if (this.relief.bytes < RELIEF.bytes || now - this.relief.at < RELIEF.everyMs) return
    this.relief = { bytes: 0, at: now }
    await returnFreedMemory().catch(() => {})
  }

  /** One at a time. Never rejects: trouble with the disk is a state, told once when it begins and once when it ends. */
  private async flush(): Promise<void> {
    this.flushing ??= this.flushOnce().finally(() => {
      this.flushing = null
    })
    await this.flushing
  }

  private async flushOnce(): Promise<void> {
    if (this.pending === null) {
      await this.takeMarks()
      if (this.current.isEmpty) return
      this.pending = this.current
      this.current = this.spare
    }
    const { pending } = this
    try {
      await this.folder?.store(pending, this.options.clock.now(), () => this.counts(pending))
    } catch (thrown) {
      this.answers++
      this.meetTrouble(reasonOf(thrown))
      return
    }
    this.answers++
    this.stored += pending.count
    this.relief.bytes += pending.bytes
    pending.clear()
    this.spare = pending
    this.pending = null
    this.lastFlushAt = this.options.clock.now()
    for (const mark of this.marks.splice(0)) await mark.done()
    this.leaveTrouble()
  }

  /** Marks that `recordings mark` left in the box are in the box until they are on the disk. */
  private async takeMarks(): Promise<void> {
    this.marks = await takeMarks(this.options.folder)
    for (const { at, text, sensors } of this.marks)
      this.current.append({ kind: 'event', at, event: 'mark', severity: 'note', text, sensors }, this.dictionary)
  }

  /** As they will be once `pending` is stored. */
  private counts(pending: FreightBuffer): { produced: number; stored: number; buffered: number; dropped: number } {
    const stored = this.stored + pending.count
    const buffered = this.current.count
    const dropped = this.drops.total
    return { produced: this.taken, stored, buffered, dropped }
  }

  private meetTrouble(reason: string): void {
    if (this.trouble !== null) return
    this.trouble = `nothing could be written: ${reason}`
    this.options.log.warn(this.trouble, { folder: this.options.folder })
  }

  private leaveTrouble(): void {
    if (this.trouble === null) return
    const { log, clock, folder } = this.options
    const text = this.trouble
    this.trouble = null
    const gap = this.drops.endStretch()
    log.note('recording goes on', { folder, dropped: gap?.missing ?? 0 })
    if (gap !== null) this.current.append(gap, this.dictionary)
    this.current.append({ kind: 'event', at: clock.now(), event: 'recording', severity: 'fault', text, sensors: [] }, this.dictionary)
  }

  /** Gives up what could not be written; returns how much that was. */
  private abandon(): number {
    let lost = 0
    for (const buffer of [this.pending, this.current]) {
      if (buffer === null || buffer.count === 0) continue
      this.drops.addStretch({ count: buffer.count, ...buffer.span, cause: this.trouble ?? 'the recording was closed' })
      lost += buffer.count
    }
    this.pending = null
    this.current = new FreightBuffer()
    return lost
  }
}
