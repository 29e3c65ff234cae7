import { Writable } from 'node:stream'
import { ScreenDiff } from './screen-diff.js'

export interface TerminalOutput extends Writable {
  readonly columns?: number
  readonly rows?: number
}

/**
 * Stands between Ink and the terminal: Ink (in its debug mode) writes whole frames here, and only what changed goes on.
 * Ink sees a terminal of the real size.
 */
export class FrameStream extends Writable {
  readonly isTTY = true
  bytesWritten = 0
  private readonly output: TerminalOutput
  private readonly diff = new ScreenDiff()
  private drawing: 'on' | 'off' = 'off'

  constructor(output: TerminalOutput) {
    super({ decodeStrings: false })
    this.output = output
  }

  get columns(): number {
    return this.output.columns || 80
  }

  get rows(): number {
    return this.output.rows || 24
  }

  /** A terminal that has not taken the last frame yet gets no further one: capture goes on, frames are skipped. */
  get isBehind(): boolean {
    return this.output.writableNeedDrain
  }

  /** Frames reach the terminal from now on, the first one whole. */
  attach(): void {
    this.drawing = 'on'
    this.diff.forget()
  }

  /** No further frame reaches the terminal (it is restored, or belongs to somebody else). */
  detach(): void {
    this.drawing = 'off'
  }

  override _write(frame: string | Buffer, _: BufferEncoding, done: () => void): void {
    const text = frame.toString()
    if (this.drawing === 'on' && text !== '') {
      const lines = text.split('\n').slice(0, this.rows)
      const bytes = this.diff.update(lines, this.columns)
      if (bytes !== '') {
        this.bytesWritten += Buffer.byteLength(bytes)
        this.output.write(bytes)
      }
    }
    done()
  }
}
