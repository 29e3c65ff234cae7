import type { CloneRange, CloneTable } from '../../clone/device-clone.js'
import { isAbsence, type Span } from './pdu.js'
import type { Answer } from './read-span.js'
import { isBitTable, TABLES, type Table } from './register-type.js'

export interface CaptureOptions {
  readonly table: Table
  readonly from: number
  /** The last address that is looked at. */
  readonly to: number
  readonly signal: AbortSignal
  readonly read: (span: Span) => Promise<Answer>
}

export interface CapturedTable {
  /** Null where the unit does not know the function. */
  readonly table: CloneTable | null
  /** What could not be captured, and why. */
  readonly gaps: readonly string[]
}

const ILLEGAL_FUNCTION = 1
const ILLEGAL_ADDRESS = 2
const BLOCK = 100
const ATTEMPTS = 3

/**
 * Captures part of a table as it is: every address as its value or as the exception that it answers. Blocks that are refused are halved down to single addresses.
 * @throws DriverFault CONNECTION_LOST
 */
export async function captureTable(options: CaptureOptions): Promise<CapturedTable> {
  const { table, from, to, signal } = options
  const values = new Map<number, number>()
  const codes = new Map<number, number>()
  const silent: number[] = []
  const waiting = blocksOf(from, to)
  for (let span = waiting.shift(); span && !signal.aborted; span = waiting.shift()) {
    const answer = await persist(options, { table, ...span })
    if (answer.kind === 'values') answer.values.forEach((value, index) => values.set((span?.from ?? 0) + index, value))
    else if (
      answer.kind === 'exception' &&
      (answer.code === ILLEGAL_FUNCTION || isAbsence(answer.code)) &&
      values.size === 0 &&
      codes.size === 0
    )
      return { table: null, gaps: [] }
    else if (span.quantity > 1) waiting.unshift(...halves(span))
    else if (answer.kind === 'exception') codes.set(span.from, answer.code)
    else silent.push(span.from)
  }
  const refusal = commonest([...codes.values()]) ?? ILLEGAL_ADDRESS
  const ranges = rangesOf(values)
  return {
    table: {
      refusal,
      lookedAt: { from, to },
      ranges,
      exceptions: new Map([...codes].filter(([, code]) => code !== refusal).sort(([a], [b]) => a - b)),
      maxBlock: await largestBlock(options, ranges),
    },
    gaps: [
      ...(silent.length === 0
        ? []
        : [`${table}: ${silent.length} addresses gave no valid answer and are refused by the clone, the first is ${silent[0]}`]),
      ...(signal.aborted ? [`${table}: stopped before the end`] : []),
    ],
  }
}

function blocksOf(from: number, to: number): { from: number; quantity: number }[] {
  const blocks: { from: number; quantity: number }[] = []
  for (let at = from; at <= to; at += BLOCK) blocks.push({ from: at, quantity: Math.min(BLOCK, to - at + 1) })
  return blocks
}

/** A late or broken answer is no property of the device: ask again before halving. */
async function persist({ read }: CaptureOptions, span: Span): Promise<Answer> {
  let answer = await read(span)
  for (let attempt = 1; attempt < ATTEMPTS && (answer.kind === 'silence' || answer.kind === 'malformed'); attempt++)
    answer = await read(span)
  return answer
}

function halves({ from, quantity }: { readonly from: number; readonly quantity: number }) {
  const middle = Math.ceil(quantity / 2)
  return [
    { from, quantity: middle },
    { from: from + middle, quantity: quantity - middle },
  ]
}

function rangesOf(values: ReadonlyMap<number, number>): readonly CloneRange[] {
  const ranges: { from: number; values: number[] }[] = []
  for (const [at, value] of [...values].sort(([a], [b]) => a - b)) {
    const last = ranges.at(-1)
    if (last && last.from + last.values.length === at) last.values.push(value)
    else ranges.push({ from: at, values: [value] })
  }
  return ranges
}

function commonest(codes: readonly number[]): number | undefined {
  const counts = new Map<number, number>()
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].sort(([a, seldom], [b, often]) => often - seldom || a - b)[0]?.[0]
}

/** Asks for ever more of the longest range; null where the device never says no before the specification does, or the range is too short to tell. */
async function largestBlock(options: CaptureOptions, ranges: readonly CloneRange[]): Promise<CloneTable['maxBlock']> {
  const longest = ranges.reduce<CloneRange | undefined>(
    (best, range) => (range.values.length > (best?.values.length ?? 0) ? range : best),
    undefined,
  )
  if (!longest || options.signal.aborted || isBitTable(options.table)) return null
  const most = Math.min(longest.values.length, TABLES[options.table].largestRequest)
  const ask = (quantity: number) => persist(options, { table: options.table, from: longest.from, quantity })
  const whole = await ask(most)
  if (whole.kind !== 'exception') return null
  let [works, fails, refusal] = [1, most, whole.code]
  while (fails - works > 1 && !options.signal.aborted) {
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
