import type { Writable } from 'node:stream'
import type { Palette, Row } from '../rows/style.js'
import { ScreenDiff } from './screen-diff.js'

export interface TerminalOutput extends Writable {
  readonly columns?: number
  readonly rows?: number
}

/** The terminal as frames see it: only what changed since the last one is written. */
export class PaintedScreen {
  private readonly output: TerminalOutput
  private readonly palette: Palette
  private readonly diff = new ScreenDiff()
  private state: 'attached' | 'detached' = 'detached'

  private readonly onWritten: (tookMs: number) => void
  private inFlight = 0

  /** @param onWritten told after each frame how long the terminal took to take it. */
  constructor(output: TerminalOutput, palette: Palette, onWritten: (tookMs: number) => void) {
    this.output = output
    this.palette = palette
    this.onWritten = onWritten
  }

  get columns(): number {
    return this.output.columns || 80
  }

  get rows(): number {
    return this.output.rows || 24
  }

  /** A terminal that has not taken the last frame yet gets no further one: capture goes on, frames are skipped. */
  get isBehind(): boolean {
    return this.inFlight > 0
  }

  /** Frames reach the terminal from now on, the next one whole. */
  attach(): void {
    this.state = 'attached'
    this.diff.forget()
  }

  /** No further frame reaches the terminal: it is restored, gone, or belongs to somebody else. */
  detach(): void {
    this.state = 'detached'
  }

  paint(rows: readonly Row[]): void {
    if (this.state === 'detached') return
    const bytes = this.diff.update(rows.slice(0, this.rows), this.columns, this.palette)
    if (bytes === '') return
    const startedMs = performance.now()
    this.inFlight++
    this.output.write(bytes, () => {
      this.inFlight--
      this.onWritten(performance.now() - startedMs)
    })
  }
}
