import type { PartEntry, PartTable } from '../readings/recording-layout.js'
import { numberOfPart } from './live-parts.js'

/** Parts smaller than `belowBytes` are merged once `least` of them lie side by side. */
interface Tier {
  readonly belowBytes: number
  readonly least: number
}

const MB = 1024 * 1024
/** Small ones first into middling ones, those into large ones: a row is written anew about twice however long a recording is. */
const SCALARS: readonly Tier[] = [
  { belowBytes: MB / 2, least: 32 },
  { belowBytes: 8 * MB, least: 16 },
]
const WAVEFORMS: readonly Tier[] = [
  { belowBytes: 16 * MB, least: 32 },
  { belowBytes: 128 * MB, least: 8 },
]
/** What one merge makes at most. Sorted readings are found by their row groups, so that larger files would not be read faster. */
const MAX_SCALARS = { bytes: 64 * MB, rows: 16_000_000 } as const
const MAX_WAVEFORMS = { bytes: 1024 * MB, rows: 16_000_000 } as const
const MAX_PARTS = 1024

export interface CompactionWish {
  /** `background`: what pays while recording goes on, also with fewer parts than usual. `complete`: all that can be merged. */
  readonly until: 'background' | 'complete'
  /** Instead of the usual number of parts that are worth a merge. */
  readonly least?: number
  /** Names of parts that are to be left alone, because they are damaged. */
  readonly except?: ReadonlySet<string>
}

/** The parts to merge next, of one table and with no other part between their numbers; null where nothing is to be done. */
export function planCompaction<T extends PartEntry>(parts: readonly T[], wish: CompactionWish): T[] | null {
  const byTable = new Map<PartTable, T[]>()
  for (const part of parts) byTable.set(part.table, [...(byTable.get(part.table) ?? []), part])
  for (const [table, mine] of byTable) {
    const ordered = mine.toSorted((a, b) => numberOfPart(a) - numberOfPart(b))
    for (const tier of tiersOf(table, wish)) {
      const run = firstRun(ordered, tier, { max: table.startsWith('waveforms') ? MAX_WAVEFORMS : MAX_SCALARS, except: wish.except })
      if (run !== null) return run
    }
  }
  return null
}

function tiersOf(table: PartTable, { until, least }: CompactionWish): readonly Tier[] {
  const tiers = table.startsWith('waveforms') ? WAVEFORMS : SCALARS
  const last = tiers.at(-1)
  if (until === 'complete') return last === undefined ? [] : [{ belowBytes: 4 * last.belowBytes, least: 2 }]
  return least === undefined ? tiers : tiers.map((tier) => ({ ...tier, least }))
}

function firstRun<T extends PartEntry>(
  parts: readonly T[],
  { belowBytes, least }: Tier,
  { max, except }: { readonly max: { readonly bytes: number; readonly rows: number }; readonly except: ReadonlySet<string> | undefined },
): T[] | null {
  let run: T[] = []
  let bytes = 0
  let rows = 0
  const isEnough = () => run.length >= least
  for (const part of parts) {
    const fits = bytes + part.bytes <= max.bytes && rows + part.rows <= max.rows && run.length < MAX_PARTS
    const isMeant = part.bytes < belowBytes && except?.has(part.name) !== true
    if (!isMeant || !fits) {
      if (isEnough()) return run
      run = []
      bytes = 0
      rows = 0
    }
    if (!isMeant) continue
    run.push(part)
    bytes += part.bytes
    rows += part.rows
  }
  return isEnough() ? run : null
}
