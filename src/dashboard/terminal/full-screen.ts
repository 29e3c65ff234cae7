import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { render } from 'ink'
import { createElement, type ReactElement } from 'react'
import { DashboardApp } from '../dashboard-app.js'
import type { KeyPress } from '../keys/key-press.js'
import { asciiText } from '../rows/ascii-text.js'
import type { Palette, Row } from '../rows/style.js'
import { KeyStream } from './key-stream.js'
import { PaintedScreen, type TerminalOutput } from './painted-screen.js'
import { SilentTerminal } from './silent-terminal.js'
import type { TerminalReport } from './terminal-report.js'
import { type TerminalInput, TerminalSession } from './terminal-session.js'

const STOPPED_BY_THEN_MS = 100
const LAST_FRAME_MS = 300
const LOOK_AGAIN_MS = 5

function inAscii(row: Row): Row {
  return row.map((span) => ({ ...span, text: asciiText(span.text) }))
}

/** A terminal as a process has it. */
export interface RealTerminal {
  readonly stdin: TerminalInput & NodeJS.ReadableStream
  readonly stdout: TerminalOutput & { readonly fd?: number }
}

export interface FullScreenOptions {
  readonly terminal: RealTerminal
  readonly palette: Palette
  readonly signs: 'unicode' | 'ascii'
  readonly mouse: 'on' | 'off'
  /** The terminal is about to be taken; whoever had it until now lets go. */
  readonly onOpening?: (() => void) | undefined
  readonly onKey: (key: KeyPress) => void
  readonly onReport: (report: TerminalReport) => void
  /** A frame has reached the terminal, after so long. */
  readonly onWritten?: (tookMs: number) => void
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
    this.#screen = new PaintedScreen(terminal.stdout, palette, (tookMs) => options.onWritten?.(tookMs))
    this.#session = new TerminalSession({ output: terminal.stdout, input: terminal.stdin, mouse })
    options.onOpening?.()
    this.#session.enter()
    waitFor(terminal.stdout, 'never')
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
    await this.#lastFrame()
    this.#session.leave()
    waitFor(stdout, 'always')
    this.#app.cleanup()
    this.#keys.release()
  }

  /** What is on its way would come after the restoration; a terminal that takes nothing is not waited for. */
  async #lastFrame(): Promise<void> {
    const until = performance.now() + LAST_FRAME_MS
    while (this.#screen.isBehind && performance.now() < until) await delay(LOOK_AGAIN_MS)
  }

  #element(rows: readonly Row[]): ReactElement {
    return createElement(DashboardApp, { rows, paint: this.#paint, onKey: this.#options.onKey })
  }

  readonly #paint = (rows: readonly Row[]): void => {
    if (rows.length > 0) this.#screen.paint(this.#options.signs === 'ascii' ? rows.map(inAscii) : rows)
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

/**
 * Whether a write waits until the terminal has taken it. Node lets it, which stops everything while a line is slow or dead (`process` documents
 * it under "A note on process I/O"); there is no public switch for it.
 */
function waitFor(output: TerminalOutput, when: 'always' | 'never'): void {
  const { _handle: handle } = output as { readonly _handle?: { setBlocking?(blocking: boolean): unknown } }
  handle?.setBlocking?.(when === 'always')
}
