import { answerLength } from './answer-length.js'
import { exceptionOf, nameOfException, PduError } from './pdu.js'
import { TABLES, type Table } from './register-type.js'
import type { TrafficFrame } from './traffic.js'

/** One question that another master keeps asking. */
interface Overheard {
  readonly what: string
  asked: number
  answered: number
  readonly exceptions: Set<string>
  firstMs: number
  lastMs: number
  slowestMs: number
}

/** What another master asks of one unit. */
export interface OverheardUnit {
  readonly unit: number
  readonly asked: number
  readonly answered: number
  /** In words, the oftenest first: `holding 0–9 every 1.00 s, 12 of 12 answered within 14 ms`. */
  readonly questions: readonly string[]
}

/** Different questions that are kept apart; a master that asks more is told in part. */
const MOST_QUESTIONS = 500

/** Pairs the requests and answers of somebody else. */
export class OverheardTraffic {
  readonly #units = new Map<number, Map<string, Overheard>>()
  #open: { readonly frame: TrafficFrame; readonly atMs: number; readonly entry: Overheard } | undefined
  #count = 0

  take(frame: TrafficFrame, atMs: number): void {
    const open = this.#open
    if (open && open.frame.unit === frame.unit && isAnswer(open.frame.pdu, frame.pdu)) {
      this.#open = undefined
      open.entry.answered++
      open.entry.slowestMs = Math.max(open.entry.slowestMs, atMs - open.atMs)
      const exception = exceptionIn(frame.pdu, open.frame.pdu[0] ?? 0)
      if (exception !== null) open.entry.exceptions.add(nameOfException(exception))
      return
    }
    const what = describeRequest(frame.pdu)
    const entry = what === null ? undefined : this.#entryOf(frame.unit, what, atMs)
    if (!entry) return
    entry.asked++
    entry.lastMs = atMs
    this.#open = { frame, atMs, entry }
  }

  units(): readonly OverheardUnit[] {
    return [...this.#units]
      .sort(([a], [b]) => a - b)
      .map(([unit, entries]) => {
        const list = [...entries.values()].sort((a, b) => b.asked - a.asked)
        return {
          unit,
          asked: list.reduce((sum, entry) => sum + entry.asked, 0),
          answered: list.reduce((sum, entry) => sum + entry.answered, 0),
          questions: list.map(describeEntry),
        }
      })
  }

  #entryOf(unit: number, what: string, atMs: number): Overheard | undefined {
    const entries = this.#units.get(unit) ?? new Map<string, Overheard>()
    this.#units.set(unit, entries)
    const known = entries.get(what)
    if (known || this.#count >= MOST_QUESTIONS) return known
    this.#count++
    const fresh: Overheard = { what, asked: 0, answered: 0, exceptions: new Set(), firstMs: atMs, lastMs: atMs, slowestMs: 0 }
    entries.set(what, fresh)
    return fresh
  }
}

function isAnswer(asked: Uint8Array, came: Uint8Array): boolean {
  return answerLength(asked, came) === came.length
}

function exceptionIn(pdu: Uint8Array, functionCode: number): number | null {
  try {
    return exceptionOf(pdu, functionCode)
  } catch (thrown) {
    if (thrown instanceof PduError) return null
    throw thrown
  }
}

/** Null for what can be no request. */
function describeRequest(pdu: Uint8Array): string | null {
  const [code = 0, a = 0, b = 0, c = 0, d = 0] = pdu
  const [from, quantity] = [(a << 8) | b, (c << 8) | d]
  const table = (Object.keys(TABLES) as Table[]).find((name) => TABLES[name].read === code)
  if (table) return pdu.length === 5 ? `${table} ${from}${quantity > 1 ? `–${from + quantity - 1}` : ''}` : null
  if (code === 5 || code === 6) return `write ${code === 5 ? 'coil' : 'holding'} ${from}`
  if (code === 15 || code === 16) return pdu.length > 5 ? `write ${code === 15 ? 'coil' : 'holding'} ${from}–${from + quantity - 1}` : null
  return code & 0x80 ? null : `function ${code}`
}

function describeEntry({ what, asked, answered, exceptions, firstMs, lastMs, slowestMs }: Overheard): string {
  const every = asked > 1 ? ` every ${((lastMs - firstMs) / (asked - 1) / 1000).toFixed(2)} s` : ' once'
  const within = answered > 0 ? ` within ${Math.max(1, Math.round(slowestMs))} ms` : ''
  const refused = exceptions.size > 0 ? ` (${[...exceptions].join(', ')})` : ''
  return `${what}${every}, ${answered} of ${asked} answered${within}${refused}`
}
