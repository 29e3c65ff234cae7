import type { Clock } from '../../readings/clock.js'
import { isAbsence, nameOfException, type Span } from './pdu.js'
import type { Answer } from './read-span.js'
import type { Table } from './register-type.js'

/** Part of a table that can be read. */
export interface Range {
  readonly from: number
  readonly quantity: number
}

export interface TableScan {
  /** By rising address; touching ones are joined. */
  readonly ranges: readonly Range[]
  /** What was not looked at, and why. */
  readonly warnings: readonly string[]
  /** True where the unit did not answer at all. */
  readonly isSilent: boolean
}

export interface ScanOptions {
  readonly table: Table
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly read: (span: Span) => Promise<Answer>
}

/** Where the maps of most devices begin; beyond that somebody has to say where to look. */
export const SCANNED_ADDRESSES = 1000
const BLOCK = 125
/** What one table may cost: enough to go down to single registers on a fast host, a few dozen questions on a slow one. */
const MOST_QUESTIONS = 2200
const BUDGET_MS = 1000

/**
 * Finds what can be read among the first addresses of a table: in blocks, halving those that the unit refuses, the largest first, so that a unit with a
 * slow line is known coarsely rather than not at all.
 * @throws DriverFault CONNECTION_LOST
 */
export async function scanTable({ table, clock, signal, read }: ScanOptions): Promise<TableScan> {
  const queue: Range[] = Array.from({ length: SCANNED_ADDRESSES / BLOCK }, (_, index) => ({ from: index * BLOCK, quantity: BLOCK }))
  const ranges: Range[] = []
  const warnings: string[] = []
  const endMs = clock.monotonicMs() + BUDGET_MS
  let questions = 0
  let silences = 0
  let answers = 0
  for (let range = queue.shift(); range && !signal.aborted; range = queue.shift()) {
    if (questions >= MOST_QUESTIONS || clock.monotonicMs() > endMs) {
      warnings.push(
        `${table}: refused blocks were halved down to ${range.quantity} addresses, not further; readable ones may hide in ${describe([range, ...queue])}`,
      )
      break
    }
    questions++
    const answer = await read({ table, ...range })
    if (answer.kind === 'values') {
      ranges.push(range)
      answers++
      silences = 0
    } else if (answer.kind === 'silence' || answer.kind === 'malformed') {
      silences++
      if (silences < 2) queue.unshift(range)
      else
        return {
          ranges: join(ranges),
          warnings: [...warnings, `${table}: given up at ${range.from}, as the unit stopped answering`],
          isSilent: answers === 0,
        }
    } else {
      answers++
      silences = 0
      if (isAbsence(answer.code))
        return { ranges: join(ranges), warnings: [...warnings, `${table}: ${nameOfException(answer.code)}`], isSilent: true }
      if (answer.code === 1) return { ranges: join(ranges), warnings, isSilent: false }
      if (range.quantity > 1) queue.push(...halves(range))
    }
  }
  return { ranges: join(ranges), warnings, isSilent: false }
}

function halves({ from, quantity }: Range): readonly Range[] {
  const middle = Math.ceil(quantity / 2)
  return [
    { from, quantity: middle },
    { from: from + middle, quantity: quantity - middle },
  ]
}

function join(ranges: readonly Range[]): readonly Range[] {
  const joined: Range[] = []
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last && last.from + last.quantity === range.from)
      joined[joined.length - 1] = { from: last.from, quantity: last.quantity + range.quantity }
    else joined.push(range)
  }
  return joined
}

function describe(ranges: readonly Range[]): string {
  const joined = join(ranges)
  const shown = joined.slice(0, 4).map(({ from, quantity }) => `${from}–${from + quantity - 1}`)
  return joined.length > shown.length ? `${shown.join(', ')} and ${joined.length - shown.length} more stretches` : shown.join(', ')
}
