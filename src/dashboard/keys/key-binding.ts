/** One row of a key table: help, key line and what happens all come from it, so none of them can lie about the others. */
export interface KeyBinding<Act> {
  /** Names of the keys (`nameOf` in key-press.ts), each of which does this. */
  readonly press: readonly string[]
  /** As people read them, e.g. `↑ ↓  j k`. */
  readonly shown: string
  /** A sentence for the help. */
  readonly does: string
  /** Few words for the key line; left out: only the help names it. */
  readonly hint?: string
  readonly act: Act
}
