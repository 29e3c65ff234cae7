import { renameSync, rmSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Freight } from '../../readings/measurement.js'
import { type JournalEntry, type PartEntry, partName, type RecordedDrop, type RecordingManifest } from '../../readings/recording-layout.js'
import { type EpochMicros, formatMicros, parseMicros } from '../../readings/time.js'
import { numberOfPart } from '../../recordings/live-parts.js'
import { writeManifest } from '../../recordings/manifest-file.js'
import { MergeError } from '../../recordings/merge-error.js'
import type { MergedPart } from '../../recordings/merge-parts.js'
import type { RecordingPart } from '../../recordings/open-recording.js'
import { syncFolder } from '../../recordings/replace-file.js'
import type { EndedBy, Tally } from '../contract.js'
import type { Beginning } from './begin-recording.js'
import type { FreightBuffer } from './freight-buffer.js'
import type { JournalFile } from './journal-file.js'
import { showParts, temporaryPath, writeParts } from './part-file.js'
import type { PartWriter } from './part-writer.js'
import type { SensorDictionary } from './sensor-dictionary.js'

type Counts = Pick<JournalEntry, 'produced' | 'stored' | 'buffered' | 'dropped'>

/** A folder being recorded into: parts, journal and manifest, and the counts of the whole recording. */
export class RecordingFolder {
  gaps: number
  bytes = 0
  readonly folder: string
  private readonly live: Map<string, PartEntry>
  /** Flushes and replacements commit one after the other. */
  private turn: Promise<unknown> = Promise.resolve()
  private last: JournalEntry | null
  /** Committed by a replacement that could not yet be shown. */
  private unshown: readonly PartEntry[] = []
  private readonly journal: JournalFile
  private readonly writer: PartWriter
  private readonly dictionary: SensorDictionary
  private readonly release: () => Promise<void>
  private manifest: RecordingManifest
  private flushes: number
  /** The revision of the dictionary that the manifest has. */
  private announced: number
  /** What earlier runs left, where this one goes on after a killed recorder. */
  private readonly before: Counts

  private constructor(folder: string, beginning: Beginning, tools: { writer: PartWriter; dictionary: SensorDictionary }) {
    const { last } = beginning.journal
    this.folder = folder
    this.journal = beginning.journal
    this.manifest = beginning.manifest
    this.release = beginning.release
    this.writer = tools.writer
    this.dictionary = tools.dictionary
    this.announced = tools.dictionary.revision
    this.flushes = last?.flush ?? 0
    this.gaps = last?.gaps ?? 0
    this.last = last
    this.live = new Map(beginning.journal.live.map((part) => [part.name, part]))
    this.bytes = beginning.journal.live.reduce((sum, part) => sum + part.bytes, 0)
    this.before = {
      produced: last?.produced ?? 0,
      stored: last?.stored ?? 0,
      buffered: 0,
      dropped: (last?.dropped ?? 0) + (last?.buffered ?? 0),
    }
  }

  static async open(folder: string, beginning: Beginning, dictionary: SensorDictionary): Promise<RecordingFolder> {
    try {
      // Loaded here, so that naming this sink does not load DuckDB.
      const { openPartWriter } = await import('./part-writer.js')
      return new RecordingFolder(folder, beginning, { writer: await openPartWriter(dictionary), dictionary })
    } catch (thrown) {
      await beginning.journal.close()
      await beginning.release()
      throw thrown
    }
  }

  /** Parquet files that are there. */
  get parts(): number {
    return this.live.size
  }

  /** The parts that could be merged, in the order in which they were written. */
  liveParts(): RecordingPart[] {
    return [...this.live.values()].map((part) => ({ ...part, path: join(this.folder, part.name) }))
  }

  /** What to record about a recorder that died here: a gap, and an event. */
  interruption(now: EpochMicros): Freight[] {
    const { last } = this.journal
    const from = parseMicros(last?.at ?? this.manifest.start.startedAt) ?? now
    const cause = 'the recorder ended without closing the recording'
    return [
      { kind: 'gap', sensors: this.dictionary.keys, from: Math.min(from, now), to: now, cause, missing: null },
      { kind: 'event', at: now, event: 'recording', severity: 'warning', text: `recording goes on: ${cause}`, sensors: [] },
    ]
  }

  /** Writes and commits a buffer. After a failure it may be called again with the same one. `counts` tells them for after it. */
  async store(buffer: FreightBuffer, now: EpochMicros, counts: () => Counts): Promise<void> {
    await this.inTurn(() => this.storeNow(buffer, now, counts))
  }

  /**
   * Puts a merged part in the place of those that it was made of. Readers of the journal see the one or the others; in the folder both
   * lie side by side for as long as it takes to delete the others.
   *
   * @param path  where the merged file lies; on the disk.
   */
  async replace(replaced: readonly PartEntry[], merged: MergedPart & { readonly path: string }, now: EpochMicros): Promise<void> {
    await this.inTurn(() => this.replaceNow(replaced, merged, now))
  }

  /** Writes the journal anew where it has grown longer than this. */
  async shortenJournal(maxBytes: number): Promise<void> {
    await this.inTurn(async () => {
      if (this.journal.bytes < maxBytes || this.last === null || this.unshown.length > 0) return
      await this.journal.checkpoint({ live: [...this.live.values()], last: this.last })
    })
  }

  private async inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.turn.then(work)
    this.turn = mine.catch(() => undefined)
    await mine
  }

  private async replaceNow(
    replaced: readonly PartEntry[],
    merged: MergedPart & { readonly path: string },
    now: EpochMicros,
  ): Promise<void> {
    const { last } = this
    const numbers = replaced.map(numberOfPart)
    const { path, table, ...facts } = merged
    // A flush may have failed to show what it committed; until then it is not its turn.
    if (last === null || this.unshown.length > 0) throw new MergeError('there is something to be finished first')
    const name = partName(table, this.flushes + 1)
    const part: PartEntry = { name, table, ...facts }
    await rename(path, temporaryPath(this.folder, name))
    await syncFolder(this.folder)
    const range = { table, from: Math.min(...numbers), to: Math.max(...numbers) }
    const { produced, stored, buffered, dropped, gaps } = last
    const pruned = last.pruned === undefined ? {} : { pruned: last.pruned }
    const flush = this.flushes + 1
    const counts = { produced, stored, buffered, dropped, ...pruned, gaps }
    try {
      await this.commit({ flush, at: formatMicros(now), parts: [part], replaces: [range], ...counts })
    } catch (thrown) {
      if (!this.journal.isInDoubt) await rm(temporaryPath(this.folder, name), { force: true })
      throw thrown
    }
    this.unshown = [part]
    for (const { name: old } of replaced) this.live.delete(old)
    this.bytes -= replaced.reduce((sum, { bytes }) => sum + bytes, 0)
    // At one go: whoever reads the folder with a pattern finds rows double for no longer than this takes.
    renameSync(temporaryPath(this.folder, name), join(this.folder, name))
    this.unshown = []
    for (const { name: old } of replaced) rmSync(join(this.folder, old), { force: true })
    await syncFolder(this.folder)
  }

  private async commit(entry: JournalEntry): Promise<void> {
    await this.journal.append(entry)
    this.last = entry
    this.flushes = entry.flush
    for (const part of entry.parts) this.live.set(part.name, part)
    this.bytes += entry.parts.reduce((sum, part) => sum + part.bytes, 0)
  }

  private async storeNow(buffer: FreightBuffer, now: EpochMicros, counts: () => Counts): Promise<void> {
    await showParts(this.folder, this.unshown)
    this.unshown = []
    if (buffer.committed === null) {
      const parts = await writeParts(this.folder, this.flushes + 1, buffer, this.writer)
      await this.announceSensors()
      // The journal's line must not outlive a power cut that takes the names of what it commits.
      await syncFolder(this.folder)
      const gaps = this.gaps + buffer.gaps.length
      const pruned = this.last?.pruned === undefined ? {} : { pruned: this.last.pruned }
      await this.commit({ flush: this.flushes + 1, at: formatMicros(now), parts, ...this.withBefore(counts()), ...pruned, gaps })
      buffer.committed = parts
      this.gaps = gaps
    }
    this.unshown = buffer.committed
    await showParts(this.folder, buffer.committed)
    this.unshown = []
    await syncFolder(this.folder)
  }

  /** Writes how it ended. */
  async finish(endedBy: EndedBy, now: EpochMicros, run: { readonly produced: number; readonly tally: Tally }): Promise<void> {
    const { tally } = run
    const { produced, stored, dropped } = this.withBefore({ ...tally, produced: run.produced })
    const { gaps, parts } = this
    const journal = { lines: this.journal.lines, sum: this.journal.sum }
    const drops = [
      ...this.dropsBefore(),
      ...tally.drops.map((drop) => ({ ...drop, from: formatMicros(drop.from), to: formatMicros(drop.to) })),
    ]
    this.manifest = { ...this.manifest, stop: { at: formatMicros(now), endedBy, produced, stored, dropped, gaps, parts, drops, journal } }
    await writeManifest(this.folder, this.manifest)
  }

  /** Lets go of everything; also after a failure. */
  async close(): Promise<void> {
    this.writer.close()
    await this.journal.close()
    await this.release()
  }

  /** Sensors that nobody announced at the start get into the manifest before a part names them. */
  private async announceSensors(): Promise<void> {
    const { revision } = this.dictionary
    if (revision === this.announced) return
    const manifest = { ...this.manifest, sensors: [...this.dictionary.sensors] }
    await writeManifest(this.folder, manifest)
    this.manifest = manifest
    this.announced = revision
  }

  private withBefore(counts: Counts): Counts {
    return {
      produced: this.before.produced + counts.produced,
      stored: this.before.stored + counts.stored,
      buffered: counts.buffered,
      dropped: this.before.dropped + counts.dropped,
    }
  }

  private dropsBefore(): RecordedDrop[] {
    const { last } = this.journal
    const count = this.before.dropped
    if (last === null || count === 0) return []
    return [
      {
        count,
        from: this.manifest.start.startedAt,
        to: last.at,
        cause: 'dropped or buffered when an earlier recorder ended without closing',
      },
    ]
  }
}
