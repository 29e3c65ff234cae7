import { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { splitReports, type TerminalReport } from './terminal-report.js'

interface KeyStreamOptions {
  readonly onReport: (report: TerminalReport) => void
  /** The terminal has hung up. */
  readonly onGone: () => void
}

type Input = NodeJS.ReadableStream & { ref?(): unknown; unref?(): unknown }

/** What Ink reads keys from: the terminal's input without what the terminal says by itself. Its modes are the session's, not Ink's. */
export class KeyStream extends Readable {
  readonly isTTY = true
  readonly #input: Input
  readonly #options: KeyStreamOptions
  readonly #decoder = new StringDecoder('utf8')
  #rest = ''

  constructor(input: Input, options: KeyStreamOptions) {
    super()
    this.#input = input
    this.#options = options
    input.on('data', this.#take)
    input.on('end', options.onGone)
    input.on('error', options.onGone)
    input.ref?.()
    input.resume()
  }

  setRawMode(): this {
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  override _read(): void {
    // Keys come when they are pressed.
  }

  /** Leaves the terminal's input to whoever comes next. */
  release(): void {
    const input = this.#input
    input.off('data', this.#take)
    input.off('end', this.#options.onGone)
    // What hangs up later is nobody's concern, but must not end the process.
    input.on('error', ignore)
    input.off('error', this.#options.onGone)
    input.pause()
    input.unref?.()
    this.push(null)
  }

  readonly #take = (chunk: Buffer | string): void => {
    const text = typeof chunk === 'string' ? chunk : this.#decoder.write(chunk)
    const { keys, reports, rest } = splitReports(this.#rest + text)
    this.#rest = rest
    if (keys !== '') this.push(keys)
    for (const report of reports) this.#options.onReport(report)
  }
}

function ignore(): void {
  // See `release`.
}
