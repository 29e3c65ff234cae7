import process from 'node:process'
import { render } from 'ink'
import type { ReactElement } from 'react'
import { DashboardApp } from '../dashboard-app.js'
import type { KeyPress } from '../keys/key-press.js'
import type { Palette, Row } from '../rows/style.js'
import { KeyStream } from './key-stream.js'
import { PaintedScreen, type TerminalOutput } from './painted-screen.js'
import { SilentTerminal } from './silent-terminal.js'
import type { TerminalReport } from './terminal-report.js'
import { type TerminalInput, TerminalSession } from './terminal-session.js'

const STOPPED_BY_THEN_MS = 100

/** A terminal as a process has it. */
export interface RealTerminal {
  readonly stdin: TerminalInput & NodeJS.ReadableStream
  readonly stdout: TerminalOutput & { readonly fd?: number }
}

export interface FullScreenOptions {
  readonly terminal: RealTerminal
  readonly palette: Palette
  readonly mouse: 'on' | 'off'
  readonly onKey: (key: KeyPress) => void
  readonly onReport: (report: TerminalReport) => void
  /** Everything must be drawn anew: another size, or back from a suspension. */
  readonly onStale: () => void
  /** Nobody sees anything any more. */
  readonly onGone: () => void
}

/** The whole terminal, from the first frame until it is given back: painter, keys, sizes, suspension. */
export class FullScreen implements AsyncDisposable {
  readonly #options: FullScreenOptions
  readonly #screen: PaintedScreen
  readonly #session: TerminalSession
  readonly #keys: KeyStream
  readonly #app: ReturnType<typeof render>
  #hasEnded = false

  constructor(options: FullScreenOptions) {
    this.#options = options
    const { terminal, palette, mouse, onReport } = options
    this.#screen = new PaintedScreen(terminal.stdout, palette)
    this.#session = new TerminalSession({ output: terminal.stdout, input: terminal.stdin, mouse })
    this.#session.enter()
    this.#screen.attach()
    this.#keys = new KeyStream(terminal.stdin, { onReport, onGone: this.#onGone })
    this.#app = render(this.#element([]), {
      stdout: new SilentTerminal(terminal.stdout),
      // Ink asks for no more than this of a terminal's input.
      stdin: this.#keys as unknown as NodeJS.ReadStream,
      debug: true,
      interactive: true,
      exitOnCtrlC: false,
      patchConsole: false,
    })
    terminal.stdout.on('resize', this.#onStale)
    terminal.stdout.on('error', this.#onGone)
    process.on('SIGHUP', this.#onGone)
    if (process.platform !== 'win32') {
      process.on('SIGTSTP', this.#onStop)
      process.on('SIGCONT', this.#onContinue)
    }
  }

  get size(): { readonly columns: number; readonly rows: number } {
    return { columns: this.#screen.columns, rows: this.#screen.rows }
  }

  get isBehind(): boolean {
    return this.#screen.isBehind
  }

  draw(rows: readonly Row[]): void {
    this.#app.rerender(this.#element(rows))
  }

  /** The next frame is written whole. */
  forget(): void {
    this.#screen.attach()
  }

  /** No further frame, whatever is drawn. */
  stop(): void {
    this.#screen.detach()
  }

  /** Ctrl-Z: the shell gets its terminal; after `fg` it is taken again. */
  suspend(): void {
    if (process.platform === 'win32') return
    this.#screen.detach()
    this.#session.leave()
    process.off('SIGTSTP', this.#onStop)
    // The whole group, as the terminal itself would: npm or a pipe before us stops with us, and the shell notices.
    process.kill(0, 'SIGTSTP')
    // Nobody who could continue us, nobody is stopped (POSIX: an orphaned process group); then this was no suspension.
    setTimeout(() => {
      if (!this.#session.isEntered) this.#onContinue()
    }, STOPPED_BY_THEN_MS).unref()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { stdout } = this.#options.terminal
    this.#hasEnded = true
    process.off('SIGHUP', this.#onGone)
    process.off('SIGTSTP', this.#onStop)
    process.off('SIGCONT', this.#onContinue)
    stdout.off('resize', this.#onStale)
    stdout.on('error', ignore)
    stdout.off('error', this.#onGone)
    this.#screen.detach()
    this.#app.unmount()
    this.#session.leave()
    this.#app.cleanup()
    this.#keys.release()
    await Promise.resolve()
  }

  #element(rows: readonly Row[]): ReactElement {
    return <DashboardApp rows={rows} paint={this.#paint} onKey={this.#options.onKey} />
  }

  readonly #paint = (rows: readonly Row[]): void => {
    if (rows.length > 0) this.#screen.paint(rows)
  }

  readonly #onStale = (): void => {
    this.#screen.attach()
    this.#options.onStale()
  }

  readonly #onGone = (): void => {
    this.#screen.detach()
    this.#options.onGone()
  }

  readonly #onStop = (): void => {
    this.suspend()
  }

  /** Also after a SIGSTOP, which nobody hears: the shell has had the terminal meanwhile, and its modes are its own. */
  readonly #onContinue = (): void => {
    if (this.#hasEnded) return
    this.#session.leave()
    process.off('SIGTSTP', this.#onStop)
    process.on('SIGTSTP', this.#onStop)
    this.#session.enter()
    this.#onStale()
  }
}

function ignore(): void {
  // The terminal may be gone before the process; whoever still writes to it must not end that.
}
