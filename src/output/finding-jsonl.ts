import type { Finding } from '../drivers/contract.js'
import type { DriverFault } from '../drivers/fault.js'
import { jsonSafe } from './json-safe.js'

/** A place that was named and could not be looked into. */
interface Closed {
  readonly address: string
  readonly code: string
  readonly because: string
}

/** `discover --jsonl`: a finding a line, as found; the last line says what was searched, and where nobody could look. */
export class FindingJsonl {
  readonly #scopes: readonly string[]
  readonly #write: (line: string) => void
  readonly #closed: Closed[] = []
  #found = 0

  constructor(scopes: readonly string[], write: (line: string) => void) {
    this.#scopes = scopes
    this.#write = write
  }

  readonly found = (finding: Finding): void => {
    this.#found++
    const { address, access, evidence } = finding
    if (access !== 'open') this.#closed.push({ address, code: access, because: evidence })
    this.#write(`${jsonSafe({ type: 'finding', ...finding })}\n`)
  }

  readonly closed = (scope: string, { code, message }: DriverFault): void => {
    this.#closed.push({ address: scope, code, because: message })
  }

  /** @param ended `stopped`: somebody did not let it come to its end. */
  end(ended: 'finished' | 'stopped'): void {
    const summary = { type: 'summary', searched: this.#scopes, ended, found: this.#found, notOpened: this.#closed }
    this.#write(`${jsonSafe(summary)}\n`)
  }
}
