import { Writable } from 'node:stream'
import type { TerminalOutput } from './painted-screen.js'

/** What Ink gets for a terminal: of the real size, and swallowing what it writes, because rows are painted by `PaintedScreen`. */
export class SilentTerminal extends Writable {
  readonly isTTY = true
  private readonly real: TerminalOutput

  constructor(real: TerminalOutput) {
    super({ decodeStrings: false })
    this.real = real
  }

  get columns(): number {
    return this.real.columns || 80
  }

  get rows(): number {
    return this.real.rows || 24
  }

  override _write(_text: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    done()
  }
}
