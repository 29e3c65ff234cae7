import type { Surroundings } from '../contract.js'
import { DriverFault } from '../fault.js'
import type { AddressVerdict, ProbeWishes } from '../probe-report.js'
import { joinVerdicts } from './address-verdicts.js'
import { type LargestRequest, largestRequest } from './largest-request.js'
import type { Span } from './pdu.js'
import type { Answer } from './read-span.js'
import { isBitTable, TABLES, type Table } from './register-type.js'
import { type SampledRange, sampleRanges } from './sample-ranges.js'
import { type Range, SCANNED_ADDRESSES, scanTable } from './scan-table.js'
import { unlessStopped } from './unless-stopped.js'

export const SEARCH_ORDER: readonly Table[] = ['holding', 'input', 'coil', 'discrete']
/** All samples together take about so long, however many there are: enough for seconds to count and noise to show. */
const WATCHED_MS = 1600
/**
 * What the search of one table may cost, unless it is to be thorough: enough to go down to single addresses on a fast host, and to a dozen of them at
 * 9600 baud. Bits are seldom scattered.
 */
const BUDGET_MS = { network: { registers: 1000, bits: 300 }, line: { registers: 6000, bits: 2000 } } as const

export interface SearchOptions {
  readonly medium: keyof typeof BUDGET_MS
  readonly search: NonNullable<ProbeWishes['search']>
  /** How often what is found is read. */
  readonly rounds: number
}

/** What the four tables of a unit hold, as far as it was looked at. */
export interface SearchedTables {
  readonly sampled: readonly SampledRange[]
  readonly verdicts: readonly AddressVerdict[]
  readonly largest: ReadonlyMap<Table, LargestRequest>
  readonly warnings: readonly string[]
}

/**
 * Looks through the tables of a unit, one after the other; what is found in one is watched while the search of the next goes on. A stop leaves what was found
 * before it.
 * @param read  one question at a time.
 * @throws DriverFault CONNECTION_LOST; INTERRUPTED where a stop came before anything was found
 */
export async function searchTables(
  read: (span: Span) => Promise<Answer>,
  { clock, signal, progress }: Surroundings,
  { medium, search, rounds }: SearchOptions,
): Promise<SearchedTables> {
  const warnings: string[] = []
  const verdicts: AddressVerdict[] = []
  const largest = new Map<Table, LargestRequest>()
  const watching: Promise<readonly SampledRange[]>[] = []
  const watch = (table: Table, ranges: readonly Range[]): Promise<readonly SampledRange[]> =>
    sampleRanges(
      ranges.map((range) => ({ table, ...range })),
      {
        clock,
        signal,
        read,
        rounds,
        pauseMs: WATCHED_MS / Math.max(1, rounds - 1),
        largest: (of) => largest.get(of)?.quantity ?? TABLES[of].largestRequest,
      },
    )
  for (const [index, table] of SEARCH_ORDER.entries()) {
    const budgetMs = search === 'thorough' ? Number.POSITIVE_INFINITY : BUDGET_MS[medium][isBitTable(table) ? 'bits' : 'registers']
    const onSettled = (addresses: number): void =>
      progress?.({ done: index * SCANNED_ADDRESSES + addresses, total: SEARCH_ORDER.length * SCANNED_ADDRESSES, what: 'addresses' })
    const scan = await scanTable({ table, clock, signal, budgetMs, read, onSettled })
    warnings.push(...scan.warnings)
    verdicts.push(...joinVerdicts(table, scan.judged))
    if (scan.isSilent) break
    if (scan.ranges.length === 0) continue
    const size = await unlessStopped(largestRequest({ table, ranges: scan.ranges, known: scan.largestAnswered, read }), signal)
    if (size) largest.set(table, size)
    const watched = watch(table, scan.ranges)
    // A line that breaks is told by whoever asks next; here only once.
    watched.catch(() => undefined)
    watching.push(watched)
  }
  const sampled = (await Promise.all(watching)).flat()
  if (!signal.aborted) return { sampled, verdicts, largest, warnings }
  if (sampled.length === 0)
    throw new DriverFault('INTERRUPTED', { message: 'the probe was stopped before anything was found', retry: false })
  return { sampled, verdicts, largest, warnings: [...warnings, 'stopped before its end; this is what was found until then'] }
}
