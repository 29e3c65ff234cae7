import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { JOURNAL_FILE, type JournalEntry, type PartEntry, TEMPORARY_PREFIX } from '../../readings/recording-layout.js'
import { checkpointOf } from '../../recordings/journal-checkpoint.js'
import { formatJournalLine, readJournal } from '../../recordings/journal-text.js'
import { livePartsOf } from '../../recordings/live-parts.js'
import { syncFolder } from '../../recordings/replace-file.js'

/** The journal of a recording, open for appending. */
export class JournalFile {
  private readonly folder: string
  private file: FileHandle
  bytes: number
  sum: string
  lines: number
  /** Whether a line that could not be appended may still be in the file. */
  isInDoubt = false
  /** The parts that were live at opening. */
  readonly live: readonly PartEntry[]
  /** The last line that was there at opening. */
  readonly last: JournalEntry | null

  private constructor(
    file: FileHandle,
    found: { folder: string; bytes: number; sum: string; lines: number; entries: readonly JournalEntry[] },
  ) {
    this.file = file
    this.folder = found.folder
    this.bytes = found.bytes
    this.sum = found.sum
    this.lines = found.lines
    this.live = livePartsOf(found.entries)
    this.last = found.entries.at(-1) ?? null
  }

  /** Opens or makes it; a torn last line is cut off. */
  static async open(folder: string): Promise<JournalFile> {
    const file = await open(join(folder, JOURNAL_FILE), 'a+')
    try {
      const { entries, lines, sum, goodBytes } = await readJournal(folder)
      await file.truncate(goodBytes)
      return new JournalFile(file, { folder, bytes: goodBytes, sum, lines, entries })
    } catch (thrown) {
      await file.close()
      throw thrown
    }
  }

  /** Appends one line, durably; after a failure the file is as it was. */
  async append(entry: JournalEntry): Promise<void> {
    const { line, sum } = formatJournalLine(entry, this.sum)
    try {
      await this.file.appendFile(line)
      await this.file.datasync()
    } catch (thrown) {
      this.isInDoubt = true
      await this.file.truncate(this.bytes)
      this.isInDoubt = false
      throw thrown
    }
    this.bytes += Buffer.byteLength(line)
    this.sum = sum
    this.lines++
  }

  /** Writes the journal anew with no more than it takes to say what there is. Whoever reads sees the old one or the new one. */
  async checkpoint(state: { readonly live: readonly PartEntry[]; readonly last: JournalEntry }): Promise<void> {
    const { text, lines, sum } = checkpointOf({ entries: [{ ...state.last, parts: state.live }], lines: this.lines, sum: this.sum })
    const temporary = join(this.folder, `${TEMPORARY_PREFIX}${JOURNAL_FILE}`)
    await rm(temporary, { force: true })
    const file = await open(temporary, 'a+')
    try {
      await file.writeFile(text)
      await file.sync()
      await rename(temporary, join(this.folder, JOURNAL_FILE))
    } catch (thrown) {
      await file.close()
      await rm(temporary, { force: true })
      throw thrown
    }
    const old = this.file
    this.file = file
    this.bytes = Buffer.byteLength(text)
    this.lines = lines
    this.sum = sum
    await old.close()
    await syncFolder(this.folder)
  }

  async close(): Promise<void> {
    await this.file.close()
  }
}
