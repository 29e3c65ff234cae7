import type { Freight } from '../../readings/measurement.js'
import type { JournalEntry, RecordedDrop, RecordingManifest } from '../../readings/recording-layout.js'
import { type EpochMicros, formatMicros, parseMicros } from '../../readings/time.js'
import { writeManifest } from '../../recordings/manifest-file.js'
import { syncFolder } from '../../recordings/replace-file.js'
import type { EndedBy, Tally } from '../contract.js'
import type { Beginning } from './begin-recording.js'
import type { FreightBuffer } from './freight-buffer.js'
import type { JournalFile } from './journal-file.js'
import { showParts, writeParts } from './part-file.js'
import type { PartWriter } from './part-writer.js'
import type { SensorDictionary } from './sensor-dictionary.js'

type Counts = Pick<JournalEntry, 'produced' | 'stored' | 'buffered' | 'dropped'>

/** A folder being recorded into: parts, journal and manifest, and the counts of the whole recording. */
export class RecordingFolder {
  parts = 0
  gaps: number
  bytes = 0
  private readonly folder: string
  private readonly journal: JournalFile
  private readonly writer: PartWriter
  private readonly dictionary: SensorDictionary
  private readonly release: () => Promise<void>
  private manifest: RecordingManifest
  private flushes: number
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
    this.flushes = last?.flush ?? 0
    this.gaps = last?.gaps ?? 0
    this.parts = beginning.journal.parts
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
    if (buffer.committed === null) {
      const parts = await writeParts(this.folder, this.flushes + 1, buffer, this.writer)
      await this.announceSensors()
      // The journal's line must not outlive a power cut that takes the names of what it commits.
      await syncFolder(this.folder)
      const gaps = this.gaps + buffer.gaps.length
      await this.journal.append({ flush: this.flushes + 1, at: formatMicros(now), parts, ...this.withBefore(counts()), gaps })
      buffer.committed = parts
      this.flushes++
      this.gaps = gaps
      this.parts += parts.length
      this.bytes += parts.reduce((sum, part) => sum + part.bytes, 0)
    }
    await showParts(this.folder, buffer.committed)
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
    if (this.dictionary.sensors.length === this.manifest.sensors.length) return
    const manifest = { ...this.manifest, sensors: [...this.dictionary.sensors] }
    await writeManifest(this.folder, manifest)
    this.manifest = manifest
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
