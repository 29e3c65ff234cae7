import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { type IPty, spawn } from '@lydell/node-pty'
import { Terminal } from '@xterm/headless'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PATIENCE_MS = 15_000

/** The built program in a real pseudo-terminal, and an emulator that shows what a person would see. */
export class TerminalRun implements Disposable {
  readonly pty: IPty
  readonly terminal: Terminal
  /** Everything that was written, as written. */
  bytes = ''
  exitCode: number | undefined

  constructor(
    args: readonly string[],
    size: { readonly columns: number; readonly rows: number },
    env: Readonly<Record<string, string>> = {},
  ) {
    this.terminal = new Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true })
    // An inherited CI would ask for lines.
    const inherited = { ...process.env }
    delete inherited['CI']
    delete inherited['NO_COLOR']
    this.pty = spawn(process.execPath, [`${ROOT}/bin/run.js`, ...args], {
      cols: size.columns,
      rows: size.rows,
      cwd: ROOT,
      env: { ...inherited, TERM: 'xterm-256color', ...env },
    })
    this.pty.onData((data) => {
      this.bytes += data
      this.terminal.write(data)
    })
    this.pty.onExit(({ exitCode }) => {
      this.exitCode = exitCode
    })
  }

  get screen(): string {
    const { active } = this.terminal.buffer
    return Array.from(
      { length: this.terminal.rows },
      (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
    ).join('\n')
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(columns, rows)
    this.pty.resize(columns, rows)
  }

  async until(what: string, isSo: () => boolean): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS
    while (!isSo()) {
      if (performance.now() > deadline) throw new Error(`waited in vain until ${what}; the screen shows:\n${this.screen}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  async ended(): Promise<void> {
    await this.until('the program ended', () => this.exitCode !== undefined)
    // Lets the emulator finish what it was given.
    await new Promise<void>((resolve) => this.terminal.write('', resolve))
  }

  [Symbol.dispose](): void {
    if (this.exitCode === undefined) this.pty.kill('SIGKILL')
  }
}
