import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { JOURNAL_FILE, type JournalEntry } from '../../readings/recording-layout.js'
import { formatJournalLine, parseJournal } from '../../recordings/journal-text.js'

/** The journal of a recording, open for appending. */
export class JournalFile {
  private readonly file: FileHandle
  private bytes: number
  sum: string
  lines: number
  /** Parts named in the lines that were there at opening. */
  readonly parts: number
  /** The last line that was there at opening. */
  readonly last: JournalEntry | null

  private constructor(file: FileHandle, found: { bytes: number; sum: string; entries: readonly JournalEntry[] }) {
    this.file = file
    this.bytes = found.bytes
    this.sum = found.sum
    this.lines = found.entries.length
    this.parts = found.entries.reduce((sum, entry) => sum + entry.parts.length, 0)
    this.last = found.entries.at(-1) ?? null
  }

  /** Opens or makes it; a torn last line is cut off. */
  static async open(folder: string): Promise<JournalFile> {
    const file = await open(join(folder, JOURNAL_FILE), 'a+')
    try {
      const { entries, sum, goodBytes } = parseJournal((await file.readFile()).toString('utf8'))
      await file.truncate(goodBytes)
      return new JournalFile(file, { bytes: goodBytes, sum, entries })
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
      await this.file.truncate(this.bytes)
      throw thrown
    }
    this.bytes += Buffer.byteLength(line)
    this.sum = sum
    this.lines++
  }

  async close(): Promise<void> {
    await this.file.close()
  }
}
