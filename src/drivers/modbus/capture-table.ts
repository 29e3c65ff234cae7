import type { CloneRange, CloneTable } from '../../clone/device-clone.js'
import { DriverFault } from '../fault.js'
import { type CapturedPlaces, placesOf, tableOf } from './captured-places.js'
import { isAbsence, type Span } from './pdu.js'
import { isUnsound } from './persistent-reader.js'
import type { Answer } from './read-span.js'
import { isBitTable, TABLES, type Table } from './register-type.js'

export interface CaptureOptions {
  readonly table: Table
  readonly from: number
  /** The last address that is looked at. */
  readonly to: number
  /** What an earlier capture holds of the table; this one goes on where that ended. */
  readonly earlier: CloneTable | null
  readonly read: (span: Span) => Promise<Answer>
  /** Told how many more addresses are settled. */
  readonly onSettled: (addresses: number) => void
}

export interface CapturedTable {
  /** Null where the unit does not know the function, or nothing was settled before the stop. */
  readonly table: CloneTable | null
  /** What could not be captured, and why. */
  readonly gaps: readonly string[]
  /** Null where the capture came to its end; else what ended it: a stop, a broken line, a unit that has gone. */
  readonly stoppedBy: DriverFault | null
}

const ILLEGAL_FUNCTION = 1
const ILLEGAL_VALUE = 3
const BLOCK = 100

/**
 * Captures part of a table as it is: every address as its value or as the exception that it answers. A stop keeps what was settled before it.
 * @throws nothing of the line's: a DriverFault is part of the result.
 */
export async function captureTable(options: CaptureOptions): Promise<CapturedTable> {
  const { table, earlier } = options
  const places = placesOf(earlier)
  const from = earlier?.lookedAt.from ?? options.from
  const walked = await walk(options, places, earlier ? earlier.lookedAt.to + 1 : from)
  if (walked === 'unknown-function') return { table: null, gaps: [], stoppedBy: null }
  const { settledTo, stoppedBy } = walked
  if (settledTo < from) return { table: null, gaps: [], stoppedBy }
  const captured = tableOf(places, { from, to: settledTo })
  const largest =
    stoppedBy || earlier?.maxBlock
      ? { maxBlock: earlier?.maxBlock ?? null, stoppedBy }
      : await orStopped(options, () => largestBlock(options, captured.ranges))
  const [first] = places.silent
  return {
    table: { ...captured, maxBlock: largest.maxBlock },
    gaps:
      first === undefined
        ? []
        : [`${table}: ${places.silent.size} addresses gave no valid answer and are refused by the clone, the first is ${first}`],
    stoppedBy: largest.stoppedBy,
  }
}

interface Walked {
  /** The last address of which everything up to it is known. */
  readonly settledTo: number
  readonly stoppedBy: DriverFault | null
}

/**
 * Goes through the addresses in rising order. What is refused is asked for in halves, down to single addresses; what is answered makes the next question twice as large. So a stretch
 * where nothing is costs one question an address, and a full one hardly any.
 */
async function walk(options: CaptureOptions, places: CapturedPlaces, begin: number): Promise<Walked | 'unknown-function'> {
  const { table, to, read, onSettled } = options
  let [at, size, largest, heardAt] = [begin, BLOCK, BLOCK, begin]
  try {
    while (at <= to) {
      const quantity = Math.min(size, to - at + 1)
      const answer = await read({ table, from: at, quantity })
      if (isUnknownFunction(answer, places)) return 'unknown-function'
      if (answer.kind === 'exception' && answer.code === ILLEGAL_VALUE) largest = Math.max(1, Math.min(largest, Math.ceil(quantity / 2)))
      if (answer.kind === 'values' || quantity === 1) {
        settle(places, at, answer)
        at += quantity
        onSettled(quantity)
      }
      if (!isUnsound(answer)) heardAt = at
      size = answer.kind === 'values' ? Math.min(largest, quantity * 2) : Math.ceil(quantity / 2)
    }
    return { settledTo: Math.max(to, at - 1), stoppedBy: null }
  } catch (thrown) {
    if (!(thrown instanceof DriverFault)) throw thrown
    // What stayed silent just before may have been the end of the line already.
    for (const silent of [...places.silent]) if (silent >= heardAt) places.silent.delete(silent)
    return { settledTo: heardAt - 1, stoppedBy: thrown }
  }
}

function settle({ values, codes, silent }: CapturedPlaces, at: number, answer: Answer): void {
  if (answer.kind === 'values') answer.values.forEach((value, index) => values.set(at + index, value))
  else if (answer.kind === 'exception') codes.set(at, answer.code)
  else silent.add(at)
}

function isUnknownFunction(answer: Answer, { values, codes }: CapturedPlaces): boolean {
  return (
    answer.kind === 'exception' && (answer.code === ILLEGAL_FUNCTION || isAbsence(answer.code)) && values.size === 0 && codes.size === 0
  )
}

type Largest = CloneTable['maxBlock']

async function orStopped(
  { earlier }: CaptureOptions,
  ask: () => Promise<Largest>,
): Promise<{ readonly maxBlock: Largest; readonly stoppedBy: DriverFault | null }> {
  try {
    return { maxBlock: await ask(), stoppedBy: null }
  } catch (thrown) {
    if (thrown instanceof DriverFault) return { maxBlock: earlier?.maxBlock ?? null, stoppedBy: thrown }
    throw thrown
  }
}

/** Asks for ever less of the longest range; null where the device never says no before the specification does, or the range is too short to tell. */
async function largestBlock({ table, read }: CaptureOptions, ranges: readonly CloneRange[]): Promise<Largest> {
  const longest = ranges.reduce<CloneRange | undefined>(
    (best, range) => (range.values.length > (best?.values.length ?? 0) ? range : best),
    undefined,
  )
  if (!longest || isBitTable(table)) return null
  const most = Math.min(longest.values.length, TABLES[table].largestRequest)
  const ask = (quantity: number) => read({ table, from: longest.from, quantity })
  const whole = await ask(most)
  if (whole.kind !== 'exception') return null
  let [works, fails, refusal] = [1, most, whole.code]
  while (fails - works > 1) {
    const middle = Math.floor((works + fails) / 2)
    const answer = await ask(middle)
    if (answer.kind === 'values') works = middle
    else {
      fails = middle
      if (answer.kind === 'exception') refusal = answer.code
    }
  }
  return { quantity: works, refusal }
}
