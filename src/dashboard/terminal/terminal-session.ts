import process from 'node:process'
import type { TerminalOutput } from './painted-screen.js'
import { writeNow } from './write-now.js'

/** Alternate screen with a saved cursor (xterm 1049), cursor hidden, no wrap at the edge, focus reported. */
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?1004h\u001b[H\u001b[2J'
/** Presses and the wheel, in decimal coordinates (SGR 1006). */
const MOUSE_ON = '\u001b[?1000h\u001b[?1006h'
/**
 * In the order that undoes it. CAN ends a sequence that was cut in half, and a synchronized update left open by a crash is ended; what was
 * never switched on is switched off all the same.
 */
const LEAVE = '\u0018\u001b[?2026l\u001b[m\u001b[?1006l\u001b[?1000l\u001b[?1004l\u001b[?7h\u001b[?25h\u001b[?1049l'
/** A terminal that does not take its restoration within this time is given up. */
const PATIENCE_MS = 500

export interface TerminalInput {
  readonly isTTY?: boolean
  setRawMode?(mode: boolean): unknown
}

interface SessionOptions {
  readonly output: TerminalOutput & { readonly fd?: number }
  readonly input: TerminalInput
  readonly mouse: 'on' | 'off'
}

/** Owns the state of the terminal: whatever happens, `leave` puts it back, at the latest when the process exits. */
export class TerminalSession {
  readonly #options: SessionOptions
  #isEntered = false

  constructor(options: SessionOptions) {
    this.#options = options
  }

  get isEntered(): boolean {
    return this.#isEntered
  }

  enter(): void {
    if (this.#isEntered) return
    this.#isEntered = true
    process.on('exit', this.#leaveAtExit)
    // A Node that was handed the work over ends itself when its parent does, before anybody else hears of it.
    process.prependListener('disconnect', this.#leaveAtExit)
    // Another process may have changed the modes behind Node's back while we were stopped; asking for a change sets them for sure.
    this.#setMode('cooked')
    this.#setMode('raw')
    this.#options.output.write(ENTER + (this.#options.mouse === 'on' ? MOUSE_ON : ''))
  }

  /** May be called any number of times. */
  leave(): void {
    if (!this.#isEntered) return
    this.#forget()
    const { output } = this.#options
    // What still waits to be written would come after it.
    if (output.fd === undefined || output.writableLength > 0) output.write(LEAVE)
    if (output.fd !== undefined) writeNow(output.fd, LEAVE, PATIENCE_MS)
    this.#setMode('cooked')
  }

  /** Within 'exit' only synchronous writes still arrive. */
  readonly #leaveAtExit = (): void => {
    this.#forget()
    writeNow(this.#options.output.fd ?? process.stdout.fd, LEAVE, PATIENCE_MS)
    this.#setMode('cooked')
  }

  #forget(): void {
    this.#isEntered = false
    process.off('exit', this.#leaveAtExit)
    process.off('disconnect', this.#leaveAtExit)
  }

  #setMode(mode: 'raw' | 'cooked'): void {
    const { input } = this.#options
    try {
      if (input.isTTY) input.setRawMode?.(mode === 'raw')
    } catch {
      // The terminal is gone; it has no modes any more.
    }
  }
}
