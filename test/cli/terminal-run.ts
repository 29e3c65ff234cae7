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
    program: readonly [string, ...(readonly string[])] = [process.execPath, `${ROOT}/bin/run.js`],
    folder = ROOT,
  ) {
    this.terminal = new Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true })
    // An inherited CI would ask for lines.
    const inherited = { ...process.env }
    delete inherited['CI']
    delete inherited['NO_COLOR']
    this.pty = spawn(program[0], [...program.slice(1), ...args], {
      cols: size.columns,
      rows: size.rows,
      cwd: folder,
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

  /** What the terminal is left like, as far as an emulator knows. */
  get modes(): Readonly<Record<string, unknown>> {
    const { mouseTrackingMode, sendFocusMode, wraparoundMode, synchronizedOutputMode, bracketedPasteMode } = this.terminal.modes
    // The public interface does not tell whether the cursor shows, nor in which colours the next letter would be written.
    const core = (this.terminal as unknown as { _core: EmulatorCore })._core
    return {
      screen: this.terminal.buffer.active.type,
      cursor: core.coreService.isCursorHidden ? 'hidden' : 'shown',
      pen: [core._inputHandler._curAttrData.fg, core._inputHandler._curAttrData.bg],
      ...{ mouseTrackingMode, sendFocusMode, wraparoundMode, synchronizedOutputMode, bracketedPasteMode },
    }
  }

  [Symbol.dispose](): void {
    if (this.exitCode === undefined) this.pty.kill('SIGKILL')
  }
}

interface EmulatorCore {
  readonly coreService: { readonly isCursorHidden: boolean }
  readonly _inputHandler: { readonly _curAttrData: { readonly fg: number; readonly bg: number } }
}
