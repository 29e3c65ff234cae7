import { type FileHandle, open } from 'node:fs/promises'
import type { Segment } from './segment.js'

/** The segment that is being written. */
export class SegmentWriter {
  readonly segment: Segment
  readonly #file: FileHandle
  #isSynced = true

  private constructor(segment: Segment, file: FileHandle) {
    this.segment = segment
    this.#file = file
  }

  static async open(segment: Segment): Promise<SegmentWriter> {
    return new SegmentWriter(segment, await open(segment.path, 'wx', 0o600))
  }

  /** After a failure the file is as it was before. */
  async append(frame: Buffer): Promise<void> {
    this.#isSynced = false
    try {
      let written = 0
      while (written < frame.length) {
        const { bytesWritten } = await this.#file.write(frame, written, frame.length - written, this.segment.bytes + written)
        written += bytesWritten
      }
    } catch (thrown) {
      await this.#file.truncate(this.segment.bytes).catch(() => undefined)
      throw thrown
    }
    this.segment.bytes += frame.length
  }

  async sync(): Promise<void> {
    if (this.#isSynced) return
    await this.#file.datasync()
    this.#isSynced = true
  }

  async close(): Promise<void> {
    await this.#file.close()
  }
}
