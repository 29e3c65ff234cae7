import { PART_TABLES, type PartEntry } from '../readings/recording-layout.js'
import type { PartScribe } from './part-scribe.js'
import { INTERVAL_NAMES, type IntervalName } from './rollup-intervals.js'

/** So many aggregates are held until they are a part: 200 MB. */
const ROWS_A_PART = 1_500_000

/** Aggregates of many turns on their way into few parts. */
export interface RollupStore {
  /** Takes the rows of a SELECT with the columns of the interval's table. */
  add(this: void, interval: IntervalName, select: string): Promise<void>
  /** All days so far, to select from; they are never many. */
  readonly days: string
  /** Writes what is left; @returns all parts, and what they count in all. */
  finish(this: void): Promise<{ readonly parts: readonly PartEntry[]; readonly counted: Readonly<Record<IntervalName, number>> }>
}

/** Uses tables `rollup_minutes`, `rollup_hours` and `rollup_days` of the scribe's DuckDB. */
export async function rollupStore(scribe: PartScribe): Promise<RollupStore> {
  const { connection } = scribe
  const parts: PartEntry[] = []
  const counted = { minutes: 0, hours: 0, days: 0 }
  for (const interval of INTERVAL_NAMES) {
    const columns = Object.entries(PART_TABLES[interval]).map(([name, type]) => `${name} ${type}`)
    await connection.run(`CREATE OR REPLACE TABLE rollup_${interval} (${columns.join(', ')})`)
  }

  async function flush(interval: IntervalName): Promise<void> {
    const result = await connection.runAndReadAll(`SELECT coalesce(sum(count), 0)::DOUBLE FROM rollup_${interval}`)
    counted[interval] += Number(result.getRows()[0]?.[0])
    parts.push(...(await scribe.write(interval, `SELECT * FROM rollup_${interval}`)))
    await connection.run(`TRUNCATE rollup_${interval}`)
  }

  return {
    days: 'rollup_days',
    async add(interval, select) {
      await connection.run(`INSERT INTO rollup_${interval} BY NAME ${select}`)
      const result = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM rollup_${interval}`)
      if (interval !== 'days' && Number(result.getRows()[0]?.[0]) >= ROWS_A_PART) await flush(interval)
    },
    async finish() {
      for (const interval of INTERVAL_NAMES) await flush(interval)
      return { parts, counted }
    },
  }
}
