import { writeSync } from 'node:fs'
import process from 'node:process'
import type { TerminalOutput } from './painted-screen.js'

/** Alternate screen with a saved cursor (xterm 1049), cursor hidden, no wrap at the edge. */
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[H\u001b[2J'
/** In the order that undoes it; a synchronized update left open by a crash is ended first. */
const LEAVE = '\u001b[?2026l\u001b[m\u001b[?7h\u001b[?25h\u001b[?1049l'

export interface TerminalInput {
  readonly isTTY?: boolean
  setRawMode?(mode: boolean): unknown
}

/** Owns the state of the terminal: whatever happens, `leave` puts it back, at the latest when the process exits. */
export class TerminalSession {
  private readonly output: TerminalOutput & { readonly fd?: number }
  private readonly input: TerminalInput
  private isEntered = false

  constructor(output: TerminalOutput & { readonly fd?: number }, input: TerminalInput) {
    this.output = output
    this.input = input
  }

  enter(): void {
    if (this.isEntered) return
    this.isEntered = true
    process.on('exit', this.leaveAtExit)
    this.output.write(ENTER)
  }

  /** May be called any number of times. */
  leave(): void {
    if (!this.isEntered) return
    this.isEntered = false
    process.off('exit', this.leaveAtExit)
    this.output.write(LEAVE)
    this.cook()
  }

  /** Within 'exit' only synchronous writes still arrive. */
  private readonly leaveAtExit = (): void => {
    this.isEntered = false
    try {
      writeSync(this.output.fd ?? process.stdout.fd, LEAVE)
    } catch {
      // The terminal is gone (SIGHUP); there is nothing to restore.
    }
    this.cook()
  }

  private cook(): void {
    try {
      if (this.input.isTTY) this.input.setRawMode?.(false)
    } catch {
      // As above.
    }
  }
}
