import type { Clock } from '../../readings/clock.js'
import type { Span } from './pdu.js'
import type { Answer } from './read-span.js'
import type { Table } from './register-type.js'
import type { Range } from './scan-table.js'
import { unlessStopped } from './unless-stopped.js'

/** A readable range, seen several times. */
export interface SampledRange extends Range {
  readonly table: Table
  /** One array of `quantity` values per round, in time order; at least one. */
  readonly samples: readonly [Uint16Array, ...Uint16Array[]]
}

export interface SampleOptions {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly rounds: number
  readonly pauseMs: number
  readonly read: (span: Span) => Promise<Answer>
  /** How many values the unit gives at a time. */
  readonly largest: (table: Table) => number
}

/**
 * Reads ranges several times over, so that what moves can be told from what stands. A range that fails in some round has no further samples; a stop leaves those before it.
 * @throws DriverFault CONNECTION_LOST
 */
export async function sampleRanges(
  ranges: readonly (Range & { readonly table: Table })[],
  options: SampleOptions,
): Promise<readonly SampledRange[]> {
  const samples = ranges.map((): Uint16Array[] => [])
  for (let round = 0; round < options.rounds && !options.signal.aborted; round++) {
    if (round > 0) await options.clock.sleep(options.pauseMs, options.signal)
    for (const [index, range] of ranges.entries()) {
      const taken = samples[index]
      const values = taken && taken.length === round ? await unlessStopped(readRange(range, options), options.signal) : undefined
      if (values) taken?.push(values)
    }
  }
  return ranges.flatMap((range, index) => {
    const [first, ...others] = samples[index] ?? []
    return first ? [{ ...range, samples: [first, ...others] as const }] : []
  })
}

async function readRange({ table, from, quantity }: Span, { read, largest }: SampleOptions): Promise<Uint16Array | undefined> {
  const values = new Uint16Array(quantity)
  const step = Math.max(1, largest(table))
  for (let at = 0; at < quantity; at += step) {
    const answer = await read({ table, from: from + at, quantity: Math.min(step, quantity - at) })
    if (answer.kind !== 'values') return undefined
    values.set(answer.values, at)
  }
  return values
}
