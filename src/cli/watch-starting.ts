import process from 'node:process'

const CLEAR_LINE = '\r\u001b[2K'
const CTRL_C = '\u0003'

/** The part of a terminal that is needed before anything is drawn on it. */
interface StartingTerminal {
  readonly stdin: Pick<NodeJS.ReadStream, 'isTTY' | 'setRawMode' | 'on' | 'off' | 'pause' | 'resume'>
  readonly stdout: Pick<NodeJS.WriteStream, 'write'>
}

/**
 * Until the first frame: says that something is on its way, and keeps keys that are pressed meanwhile off the terminal; Ctrl-C still ends the program, other
 * keys are dropped, as nobody can mean what cannot be seen.
 * @returns gives the terminal back as it was; may be called any number of times.
 */
export function watchStarting(terminal: StartingTerminal = process, interrupt: () => void = interruptSelf): () => void {
  const { stdin, stdout } = terminal
  if (!stdin.isTTY) return () => undefined
  let isOver = false
  const hear = (keys: Buffer | string): void => {
    if (String(keys).includes(CTRL_C)) interrupt()
  }
  const end = (): void => {
    if (isOver) return
    isOver = true
    process.off('exit', end)
    stdin.off('data', hear)
    stdin.pause()
    stdout.write(CLEAR_LINE)
    stdin.setRawMode(false)
  }
  process.on('exit', end)
  stdin.setRawMode(true)
  stdout.write(`${CLEAR_LINE}starting...`)
  stdin.on('data', hear)
  stdin.resume()
  return end
}

/** As the terminal itself would have done without raw mode. */
function interruptSelf(): void {
  process.kill(process.pid, 'SIGINT')
}
