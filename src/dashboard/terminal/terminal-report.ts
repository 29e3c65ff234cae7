/** What a terminal says by itself, among the keys of its person. */
export type TerminalReport =
  /** Column and row from 0. */
  | {
      readonly kind: 'mouse'
      readonly press: 'left' | 'middle' | 'right' | 'wheel-up' | 'wheel-down'
      readonly column: number
      readonly row: number
    }
  | { readonly kind: 'focus'; readonly has: 'focus' | 'no-focus' }

export interface TerminalWords {
  /** Without the reports, for whoever understands keys. */
  readonly keys: string
  readonly reports: readonly TerminalReport[]
  /** The begin of a report, to be put before what comes next. */
  readonly rest: string
}

const REPORT = /\u001b\[(?:<(\d{1,4});(\d{1,5});(\d{1,5})([Mm])|([IO]))/g
const BEGUN = /\u001b\[<[\d;]{0,16}$/
const PRESSES: Readonly<Record<number, 'left' | 'middle' | 'right' | 'wheel-up' | 'wheel-down'>> = {
  0: 'left',
  1: 'middle',
  2: 'right',
  64: 'wheel-up',
  65: 'wheel-down',
}

/** Takes a terminal's reports (xterm: SGR mouse 1006, focus 1004) out of what it sends; releases of the mouse are dropped. */
export function splitReports(text: string): TerminalWords {
  const reports: TerminalReport[] = []
  const keys = text.replace(REPORT, (_all, button?: string, column?: string, row?: string, end?: string, focus?: string) => {
    if (focus !== undefined) reports.push({ kind: 'focus', has: focus === 'I' ? 'focus' : 'no-focus' })
    else {
      const press = end === 'M' ? PRESSES[Number(button)] : undefined
      if (press) reports.push({ kind: 'mouse', press, column: Number(column) - 1, row: Number(row) - 1 })
    }
    return ''
  })
  const rest = BEGUN.exec(keys)?.[0] ?? ''
  return { keys: keys.slice(0, keys.length - rest.length), reports, rest }
}
