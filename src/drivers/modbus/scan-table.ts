import type { Clock } from '../../readings/clock.js'
import { type JudgedRange, type Verdict, verdictWord } from './address-verdicts.js'
import { isAbsence, nameOfException, type Span } from './pdu.js'
import type { Answer } from './read-span.js'
import type { Table } from './register-type.js'
import { unlessStopped } from './unless-stopped.js'

/** Part of a table that can be read. */
export interface Range {
  readonly from: number
  readonly quantity: number
}

export interface TableScan {
  /** By rising address; touching ones are joined. */
  readonly ranges: readonly Range[]
  /** All that was looked at or meant to be, with what it said. */
  readonly judged: readonly JudgedRange[]
  /** The most values that were given at a time. */
  readonly largestAnswered: number
  /** What was not looked at, and why. */
  readonly warnings: readonly string[]
  /** True where the unit did not answer at all. */
  readonly isSilent: boolean
}

export interface ScanOptions {
  readonly table: Table
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly budgetMs: number
  readonly read: (span: Span) => Promise<Answer>
  /** Told how many addresses are settled. */
  readonly onSettled: (addresses: number) => void
}

/** Where the maps of most devices lie; beyond that somebody has to say where to look. */
export const SCANNED_ADDRESSES = 1000
/** Maps like to begin at round numbers, so blocks do too. */
const BLOCK = 100
/** What holds for one address of a table then holds for all. */
const ILLEGAL_FUNCTION = 1
/** Every block and its first address: asked for however slow a unit is. */
const COARSE_QUESTIONS = 2 * (SCANNED_ADDRESSES / BLOCK)
/** More than it takes to halve down to every single address. */
const MOST_QUESTIONS = 2200

/**
 * Finds what can be read among the first addresses of a table: the first address of each block by itself, then whole blocks, halving those that the unit
 * refuses. What touches something readable comes first, so that its edges are exact; then the largest, so that a slow unit is known coarsely rather than not at all.
 * A stop leaves what was found before it.
 * @throws DriverFault CONNECTION_LOST
 */
export async function scanTable({ table, clock, signal, budgetMs, read, onSettled }: ScanOptions): Promise<TableScan> {
  const queue = new RangeQueue(blocksOf(SCANNED_ADDRESSES, BLOCK))
  const warnings: string[] = []
  const endMs = clock.monotonicMs() + budgetMs
  let [questions, silences, answers] = [0, 0, 0]
  for (let range = queue.take(); range; range = queue.take()) {
    const isOver = questions >= MOST_QUESTIONS || (questions >= COARSE_QUESTIONS && clock.monotonicMs() > endMs)
    if (signal.aborted || isOver) {
      queue.putBack(range)
      warnings.push(`${table}: not everything was looked at one by one; single readable addresses may hide in ${describe(queue.left)}`)
      break
    }
    questions++
    const answer = await unlessStopped(read({ table, ...range }), signal)
    if (!answer) {
      queue.putBack(range)
      continue
    }
    if (answer.kind === 'silence' || answer.kind === 'malformed') {
      silences++
      queue.judge(range, verdictWord(answer))
      if (silences < 2) queue.putBack(range)
      else
        return scanned(
          queue,
          [...warnings, `${table}: given up at ${range.from}, as the unit stopped answering`],
          answers === 0 ? 'is-silent' : 'answers',
        )
      continue
    }
    answers++
    silences = 0
    queue.judge(range, verdictWord(answer))
    if (answer.kind === 'values') queue.found(range)
    else if (isAbsence(answer.code)) return scanned(queue, [...warnings, `${table}: ${nameOfException(answer.code)}`], 'is-silent')
    else if (answer.code === ILLEGAL_FUNCTION) {
      for (const rest of queue.left) queue.judge(rest, verdictWord(answer))
      return scanned(queue, warnings, 'answers')
    } else if (range.quantity > 1) queue.part(range)
    onSettled(SCANNED_ADDRESSES - queue.left.reduce((sum, { quantity }) => sum + quantity, 0))
  }
  return scanned(queue, warnings, 'answers')
}

/** A block's first address by itself, and the rest of it. */
function blocksOf(count: number, size: number): readonly Range[] {
  const starts = Array.from({ length: count / size }, (_, index) => index * size)
  return [...starts.map((from) => ({ from, quantity: 1 })), ...starts.map((from) => ({ from: from + 1, quantity: size - 1 }))]
}

function scanned(queue: RangeQueue, warnings: readonly string[], unit: 'answers' | 'is-silent'): TableScan {
  const unasked = queue.left.filter((range) => !queue.judged.has(range)).map((range) => ({ ...range, verdict: 'not looked at' }))
  return {
    ranges: join(queue.readable),
    judged: [...[...queue.judged].map(([range, verdict]) => ({ ...range, verdict })), ...unasked],
    largestAnswered: queue.readable.reduce((most, { quantity }) => Math.max(most, quantity), 0),
    warnings,
    isSilent: unit === 'is-silent',
  }
}

/** Ranges still to be asked for, and those that proved readable. */
class RangeQueue {
  readonly #waiting: Range[]
  readonly #starts = new Set<number>()
  readonly #ends = new Set<number>()
  readonly readable: Range[] = []
  /** What each range said last; one that was parted is replaced by its halves. */
  readonly judged = new Map<Range, Verdict>()

  constructor(ranges: readonly Range[]) {
    this.#waiting = [...ranges]
  }

  get left(): readonly Range[] {
    return this.#waiting
  }

  take(): Range | undefined {
    const touching = this.#waiting.findIndex(({ from, quantity }) => this.#ends.has(from) || this.#starts.has(from + quantity))
    return this.#waiting.splice(Math.max(0, touching), 1)[0]
  }

  judge(range: Range, verdict: Verdict): void {
    this.judged.set(range, verdict)
  }

  /** Asks for parts of what was refused as a whole. */
  part(range: Range): void {
    this.judged.delete(range)
    this.#waiting.push(...halves(range))
  }

  putBack(range: Range): void {
    this.#waiting.unshift(range)
  }

  found(range: Range): void {
    this.readable.push(range)
    this.#starts.add(range.from)
    this.#ends.add(range.from + range.quantity)
  }
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
  const shown = joined.slice(0, 4).map(({ from, quantity }) => (quantity === 1 ? String(from) : `${from}–${from + quantity - 1}`))
  return joined.length > shown.length ? `${shown.join(', ')} and ${joined.length - shown.length} more stretches` : shown.join(', ')
}
